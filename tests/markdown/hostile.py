"""Texts that look like Markdown and break its rules, for the laws of the parser."""

from hypothesis import strategies as st

PIECES = (
    # Headings, underlines, thematic breaks and front matter.
    *(
        "# Title",
        "## Goals ##",
        "  # Indented",
        "# a | b",
        "####### seven",
        "#",
        "Title",
        "===",
        "---",
        "***",
        "...",
        "--- ",
    ),
    *("status: draft # a | b", "tags: [a, 'b']", "note: >", "  folded", '"quoted key": "v"', "- a"),
    # Fields.
    *(
        "**Status**: Draft",
        "**Owner:** Anna | **Team:** Core",
        "- **Due:**",
        "Author: me",
        "__A__: b",
    ),
    *(
        "- [Issue #]: [Description]",
        "1. [Step 1]: [Description]",
        "> **Note:** x\\",
        "**[Date]:** x",
    ),
    # Lists, quotes, tables.
    *("- [ ] T001 do", "- [x] done", "* - 1. deep", "10) ten", "  + in", "> quote", "> > - both"),
    *("| ID | Text |", "|----|:---|", "| FR-1 | a \\| b |", "a | b", "--- | ---", "|", "- | a |"),
    # Code and comments, closed or not.
    *("```", "````markdown", "~~~ py", "    indented", "`code`", "``", "`", "<!--", "-->"),
    *("<!-- a\nb -->", "**Status**: A <!-- A | B --> ", "<div>", "</div>", "<!--->", "<pre>"),
    # Links and IDs.
    *(
        "[text](a.md#b)",
        "![alt](<i j.png> 'title')",
        "[![in](a.png)](b.md)",
        "[text][label]",
        "[t][]",
    ),
    *("[label]: ./a.md", "[^1]: foot", "<https://a.b/c>", "<a@b.c>", "https://a.b/c.", "\\[a](b)"),
    *(
        "SPEC-004/FR-2",
        "SPEC-004#FR-2",
        "FR-001–FR-005",
        "FR-1..3",
        "### FR-1: Name",
        "- **FR-2**: x",
    ),
    # Placeholders.
    *("[Short title]", "{{A | B}}", "{a {b} c}", "<Name>", "YYYY-MM-DD", "SPEC-XXX", "[NEEDS: x]"),
    # Characters that some programs treat as line ends or blanks, and some of several code units.
    *(
        "\u2028",
        "\x85",
        "\x0c",
        "\x0b",
        "\ufeff",
        "\x00",
        "\xa0",
        "\t",
        " ",
        "    ",
        "é",
        "😀",
        "\ud800",
    ),
    *("#", ">", "-", "*", "_", "[", "]", "(", ")", "{", "}", "<", "|", ":", "\\", "!", "=", "~"),
)
# How lines begin and end blocks, one block inside another.
LINES = (
    *("text", "**bold**: x", "*it*", "_it_", "`code`", "\\# x", "2024. x", "#tag", "-x", "[x](y)"),
    *(
        "# Head",
        "## Two ##",
        "####### no",
        "#",
        "#\tx",
        "# a | b",
        "===",
        "=",
        "---",
        "--",
        "-----  ",
    ),
    *("***", "___", "- - -", "** *", "__ _ _", "- ---", "***bold***", "--- x"),
    *("- item", "- [ ] task", "* star", "+ plus", "1. one", "2. two", "01. x", "1) par", "10. ten"),
    *("1234567890. no", "- ", "-", "1.", "- - in", "- 1. in", "-   wide", "-     code", "-\ttab"),
    *("- # h", "- ```", "- > q", "- | a |", "- a | b", "- <!-- c", "- [a]: b", "* - + x"),
    *(
        "```",
        "```py",
        "~~~",
        "~~~~ x",
        "````",
        "``` `a",
        "```  ",
        "~~~`",
        "```~~~",
        "``` a|b",
        "``",
    ),
    *(
        "<!-- c -->",
        "<!-- open",
        "close -->",
        "-->",
        "<!-->",
        "<!--->",
        "<!-- a --> b",
        "<- x",
        "<",
    ),
    *("<pre>", "</pre>", "<?x", "?>", "<!x>", "<![CDATA[", "]]>", "<div>", "</div>", "<b>", "<b>x"),
    *(
        "| a | b |",
        "|---|---|",
        "|:--|--:|",
        "a | b",
        "--|--",
        "-|-",
        "|-|",
        "| a",
        "|",
        "||",
        "|-",
    ),
    *("| a \\| b |", "\\|", "|--||--|", "- | -", ":-", ":", ": x", "|\xa0|", "| x \xa0", "|--|\t"),
    *("> q", "> > qq", ">", "> ", ">x", ">\tt", "> - l", "> # h", "> ```", "> | a | b |", "> ---"),
    *(
        ">   - b",
        ">     c",
        "> |--|--|",
        "> <!-- a",
        "> [a]: b",
        "[a]: b",
        "[a]:",
        "[a]: b c",
        "[a]: [b c]",
        "[a]: b (",
        "'title'",
        "[a",
    ),
    *(
        "b]: c",
        "[\\]]: x",
        "[ ] x",
        "\u2028",
        "\x0c",
        "\x0b",
        "\x85",
        "\ufeff",
        "\x00x\x00",
        "\xa0",
    ),
)
DEPTHS = (
    *[""] * 9,
    " ",
    "  ",
    "  ",
    "   ",
    "    ",
    "    ",
    *(" " * n for n in range(5, 9)),
    "\t",
    " \t",
)
INDENTS = ("", "", "", "", "  ", "   ")
ENDS = ("\n", "\n", "\n", "\n\n", "\n\n", "\r\n", "\r", "", " ")

pieces = st.sampled_from(PIECES) | st.text(max_size=8)
lines = st.tuples(st.sampled_from(INDENTS), pieces, st.sampled_from(ENDS)).map("".join)
starts = st.sampled_from(("", "", "# Title\n\n", "\ufeff", "---\n", "---\nid: 1\n---\n"))
texts = st.tuples(starts, st.lists(lines, max_size=24).map("".join)).map("".join)
scraps = st.lists(lines | pieces, max_size=2).map("".join)


@st.composite
def layouts(draw: st.DrawFn) -> str:
    """A text of a few sorts of lines, in many combinations."""
    sorts = draw(st.lists(st.sampled_from(LINES), min_size=1, max_size=8))
    depths = draw(st.lists(st.sampled_from(DEPTHS), min_size=1, max_size=4))
    ends = draw(st.lists(st.sampled_from((*ENDS, " \n", "\n\t\n")), min_size=1, max_size=3))
    line = st.tuples(st.sampled_from(depths), st.sampled_from(sorts), st.sampled_from(ends))
    return "".join(draw(st.lists(line.map("".join), min_size=1, max_size=16)))
