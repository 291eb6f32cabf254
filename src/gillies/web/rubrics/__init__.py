"""Our own pages, judged by DISCERN, PEMAT-P and IPDAS as far as a program can: from the HTML that people get, item by item."""
