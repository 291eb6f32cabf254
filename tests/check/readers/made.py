"""Files made up for the tests, byte by byte where that is what a test is about."""

import io
import zipfile

import docx


def pdf(*pages, info=b"", links=()):
    """A PDF whose pages are lists of (size of letters, distance from the line above, text); `links`: addresses on the first page."""
    things = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"]
    kids = []
    for lines in pages:
        drawn, height = b"", 770
        for size, gap, text in lines:
            height -= gap
            told = text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
            drawn += b"BT /F1 %d Tf 1 0 0 1 72 %d Tm (%s) Tj ET\n" % (size, height, told)
        things.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn))
        marks = b" ".join(b"<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (%s) >> >>" % link.encode() for link in links)
        things.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Annots [%s] /Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>"
            % (marks, len(things))
        )
        kids.append(len(things))
        links = ()
    things[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(b"%d 0 R" % kid for kid in kids), len(kids))
    things.append(b"<< %s >>" % info)
    made, places = b"%PDF-1.4\n", []
    for number, thing in enumerate(things, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, thing)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer << /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(things) + 1, len(things), len(made))
    return made + b"xref\n0 %d\n0000000000 65535 f \n" % (len(things) + 1) + table + end


def locked(raw, password):
    """The same PDF, locked."""
    import pypdf

    writer = pypdf.PdfWriter(clone_from=io.BytesIO(raw))
    writer.encrypt(password, owner_password="owner", algorithm="AES-256")  # noqa: S106  # a made-up one
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def word(fill):
    """A Word file that `fill` has written into."""
    file = docx.Document()
    fill(file)
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def rezipped(raw, changed):
    """A Word file with members put in or replaced: name -> bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in changed:
                new.writestr(name, old.read(name))
        for name, content in changed.items():
            new.writestr(name, content)
    return out.getvalue()
