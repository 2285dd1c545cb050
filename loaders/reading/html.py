"""Web pages: the article without what stands around it, and without what no reader sees."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from graph.errors import UserError
from loaders.reading.encodings import decode
from loaders.reading.html_hidden import drop_hidden
from loaders.reading.table_text import table_lines

# a page of more markup is cut: it has other things in it than a document
MOST_MARKUP = 8_000_000
_MOST_ARTICLE = 3_000_000
_DATA = re.compile(r"data:[\w/+.;=-]{0,80},[A-Za-z0-9+/=%\s]{500,}")
# characters that a tree cannot hold, as they are and as references
_CONTROL = re.compile(
    "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\ud800-\\udfff\\ufffe\\uffff]"
    r"|&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|[xX]0*(?:[0-8bcefBCEF]|1[0-9a-fA-F]));"
)
_SCRIPT = re.compile(r"<(script|svg)\b", re.I)
_FURNITURE = (
    *("script", "style", "noscript", "nav", "footer", "aside", "form", "iframe", "select", "button", "svg"),
    *("template", "figcaption", "header", "object", "video", "audio"),
)
_NAMED = ("div", "p", "ul", "ol", "section", "td", "li", "span", "table", "figure", "h4", "em")
# words in the names of classes of what stands around an article
_AROUND = re.compile(
    r"caption|photo-?(?:desc|note)|img-?desc|desc-?img|\bimage-?note|chu-?thich-?anh|related?\b|related[-_]|-related"
    r"|lien-?quan|tin-?khac|other-?news|news-?other|xem-?them|read-?more|doc-?them|most-?read|doc-?nhieu|noi-?bat"
    r"|\bsidebar\b|comments?\b|binh-?luan|breadcrumb|\bshare|social|\btags?\b|\bmenu\b|advert|\bads?\b|quang-?cao"
    r"|newsletter|login|dang-?nhap|\bhotline|copyright|ban-?quyen|pagination|toolbar|print",
    re.I,
)
_RELATED = re.compile(r"\s*(?:>+|»|›|•)?\s*(?:xem thêm|đọc thêm|tin liên quan|bài liên quan|mời (?:bạn )?xem|>>)", re.I)
_BLOCKS = frozenset(
    (
        *("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "td", "th", "tr", "table", "div", "section", "article"),
        *("ul", "ol", "dl", "dt", "dd", "blockquote", "pre", "main", "body", "center", "figure", "br", "hr", "tbody"),
    )
)
_ARTICLE = re.compile(r"^\s*Điều\s+\d+\s*[.:]", re.M)
_PARAGRAPHS = frozenset(("p", "head", "item", "quote", "code", "ab"))


def read_html(data: bytes, name: str, install: str) -> tuple[str, list[str]]:
    """The article of a page, or all its text, and what is to be said of it. Raises UserError: no page in it."""
    try:
        from lxml import etree
        from lxml import html as lxml_html
    except ImportError as error:
        raise UserError("reading .html needs further packages", install) from error
    markup, notices = _markup(data, name)
    markup = _CONTROL.sub(" ", _without_scripts(_DATA.sub("data:,", markup)))
    if len(markup) > MOST_MARKUP:
        said = f"only the first {MOST_MARKUP // 1_000_000} MB of {len(markup) // 1_000_000} MB were read"
        notices.append(f"{name}: {said}")
        markup = markup[:MOST_MARKUP]
    try:
        parser = lxml_html.HTMLParser(encoding="utf-8", huge_tree=False, remove_comments=True, remove_pis=True)
        tree = lxml_html.fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except (ValueError, etree.ParserError, etree.XMLSyntaxError) as error:
        raise UserError(f"{name}: there is no page in it", "Save the page again, or its text as .txt.") from error
    heading, date = _heading(tree), _page_date(tree)
    hidden = drop_hidden(tree)
    if hidden:
        notices.append(f"{name}: {hidden} characters that no reader sees were not read")
    _drop_around(tree)
    text, found = _article(tree)
    if not found:
        notices.append(f"{name}: no article was told from the rest of the page; all of it was read")
    if heading and heading.casefold() not in text[:600].casefold():
        text = f"{heading}\n\n{text}"
    if date and date not in text[:400]:
        first, _, rest = text.partition("\n")
        text = f"{first}\n\n{date}\n\n{rest}"
    return text, notices


def _without_scripts(markup: str) -> str:
    """The markup without scripts and drawings, which may be most of it; in one pass."""
    parts: list[str] = []
    done = 0
    while (begin := _SCRIPT.search(markup, done)) is not None:
        parts.append(markup[done : begin.start()])
        end = re.compile(f"</{begin[1]}", re.I).search(markup, begin.end())
        if end is None:
            return " ".join(parts)  # for a browser too all that follows is script
        done = markup.find(">", end.end()) + 1 or len(markup)
    parts.append(markup[done:])
    return " ".join(parts)


def _markup(data: bytes, name: str) -> tuple[str, list[str]]:
    """The markup as text. What a page says of its encoding is wrong as often as right; the bytes decide."""
    text, encoding = decode(data, name)
    match = re.search(rb"charset=[\"']?([\w-]+)", data[:4096])
    said = match[1].decode("ascii") if match else ""
    if encoding == "UTF-8":
        wrong = said and said.lower() not in ("utf-8", "utf8", "us-ascii") and not data.isascii()
        return text, [f"{name}: says it is {said}; read as UTF-8"] if wrong else []
    return text, [f"{name}: read as {encoding}"]


def _text(element: Any) -> str:
    return " ".join(" ".join(element.itertext()).split())


def _drop(element: Any) -> None:
    """Take an element out; what stands behind it stays."""
    if element.getparent() is not None:
        element.drop_tree()


def _drop_around(tree: Any) -> None:
    """Take out furniture, captions, and headlines of other articles."""
    for element in list(tree.iter(*_FURNITURE)):
        if element.tag == "header" and any(True for _ in element.iterancestors("article", "main")):
            continue  # the head of the article, not of the page
        _drop(element)
    sizes = _sizes(tree)
    whole = sizes.get(tree, 0) or 1
    for element in list(tree.iter(*_NAMED)):
        names = f"{element.get('class') or ''} {element.get('id') or ''}".strip()
        size = sizes.get(element, 0)
        around = names and size < 0.4 * whole and _AROUND.search(names) and not _is_body(element)
        if around or (size < 0.5 * whole and _is_links(element, size)):
            _drop(element)


def _is_body(element: Any) -> bool:
    return any(True for _ in element.iter("h1", "article", "main"))


def _sizes(tree: Any) -> dict[Any, int]:
    """The characters under every element, in one pass from the leaves."""
    sizes: dict[Any, int] = {}
    for element in reversed(list(tree.iter())):
        sizes[element] = len((element.text or "").strip()) + sum(
            sizes.get(child, 0) + len((child.tail or "").strip()) for child in element
        )
    return sizes


def _is_links(element: Any, size: int) -> bool:
    """Whether nearly all the text of a block are links: headlines of other articles."""
    if element.tag not in ("ul", "ol", "div", "section", "p", "li", "h4") or not 25 < size < 5_000:
        return False
    links = [len(_text(link)) for link in element.iter("a") if link.get("href")]
    if sum(links) < 0.85 * size:
        return False
    return len(links) > 1 or element.tag != "div" or _RELATED.match(_text(element)) is not None


def _article(tree: Any) -> tuple[str, bool]:
    """The text of the article; with False the text of the whole page."""
    whole = "\n\n".join(_body(tree))
    if len(whole) < _MOST_ARTICLE:
        found = "\n\n".join(_extracted(tree))
        enough = len(found) >= 200 or len(found) > len(whole) // 2
        # a decision is all of its articles
        if enough and len(_ARTICLE.findall(found)) >= len(_ARTICLE.findall(whole)):
            return found, True
        if len(_ARTICLE.findall(whole)) >= 2:
            return whole, True
    return whole, False


def _extracted(tree: Any) -> Iterator[str]:
    import trafilatura

    found = trafilatura.bare_extraction(
        tree, favor_recall=True, include_comments=False, include_tables=True, deduplicate=False, with_metadata=False
    )
    body = getattr(found, "body", None)
    if body is None:
        return
    tables = 0
    for element in body.iter():
        if any(True for _ in element.iterancestors("table")):
            continue
        if element.tag == "table":
            rows = [[_text(cell) for cell in row.iter("cell")] for row in element.iter("row")]
            if max((len(row) for row in rows), default=0) > 1:
                tables += 1
                yield from table_lines(rows, tables)
            else:
                yield from (cell for row in rows for cell in row if cell)
        elif element.tag in _PARAGRAPHS and not any(True for _ in element.iterancestors(*_PARAGRAPHS)):
            yield from _broken(element)


def _broken(element: Any) -> Iterator[str]:
    """The lines of an element with line breaks."""
    for line in element.iter("lb"):
        line.tail = f"\u2028{line.tail or ''}"
    for part in "".join(element.itertext()).split("\u2028"):
        if part.strip():
            yield " ".join(part.split())


def _body(tree: Any) -> Iterator[str]:
    """All lines of a page, each block by itself, in one pass."""
    parts: list[str] = []
    last = ""
    tables = 0

    def flush() -> str:
        line = " ".join("".join(parts).split())
        parts.clear()
        return line

    from lxml import etree

    inside: list[Any] = []  # the table whose rows were written
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if event == "start" and not inside and element.tag == "table" and _is_data(element):
            line = flush()
            if line:
                yield line
            tables += 1
            rows = [[_text(cell) for cell in row.iter("td", "th")] for row in element.iter("tr")]
            yield from table_lines(rows, tables)
            inside.append(element)
        elif event == "end" and inside and element is inside[0]:
            inside.clear()
            parts.append(element.tail or "")
        elif inside or not isinstance(element.tag, str) or element.tag in ("head", "title"):
            if not inside and event == "end":
                parts.append(element.tail or "")
            continue
        else:
            if element.tag in _BLOCKS:
                line = flush()
                if line and line != last:
                    yield line
                    last = line
            parts.append((element.text if event == "start" else element.tail) or "")
    line = flush()
    if line and line != last:
        yield line


def _is_data(table: Any) -> bool:
    """Whether a table has data, not the layout of a page: two rows or more of two short cells or more."""
    rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
    wide = [row for row in rows if len(row) > 1]
    return len(wide) >= 2 and not any(True for _ in table.iter("div", "article", "h1")) and len(_text(table)) < 200_000


def _heading(tree: Any) -> str:
    for element in tree.iter("h1"):
        line = _text(element)
        if 15 < len(line) < 250:
            return line
    return ""


def _page_date(tree: Any) -> str:
    """The day of publication that the page's own data says, as dd/mm/yyyy."""
    for element in tree.iter("meta", "time"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        value = element.get("content") or element.get("datetime") or ""
        if element.tag == "time" or name in ("article:published_time", "pubdate", "datePublished", "publishdate"):
            match = re.match(r"(\d{4})-(\d{2})-(\d{2})", value)
            if match:
                return f"{match[3]}/{match[2]}/{match[1]}"
    return ""
