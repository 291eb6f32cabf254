"""Every error that a user can meet: one clear sentence that says what, where and how to mend it."""


class GilliesError(Exception):
    """Base of our errors. `exit_code` is what the command line ends with."""

    exit_code = 2


class InputError(GilliesError):
    """What the user gave cannot be used (empty, binary, too long, an unknown name …)."""


class KnowledgeError(GilliesError):
    """A knowledge file breaks a rule. The message names the file, the key path and the mend."""

    def __init__(self, file: str, path: str, problem: str, mend: str) -> None:
        super().__init__(f"{file}: {path}: {problem} {mend}".replace(": : ", ": "))
        self.file = file
        self.path = path
        self.problem = problem
        self.mend = mend
