"""Texts that look like Markdown and keep to none of its rules, for the laws of the parser."""

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
    # Characters that some programs take for line ends or blanks, and some that are long elsewhere.
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
INDENTS = ("", "", "", "", "  ", "   ")
ENDS = ("\n", "\n", "\n", "\n\n", "\n\n", "\r\n", "\r", "", " ")

pieces = st.sampled_from(PIECES) | st.text(max_size=8)
lines = st.tuples(st.sampled_from(INDENTS), pieces, st.sampled_from(ENDS)).map("".join)
starts = st.sampled_from(("", "", "# Title\n\n", "\ufeff", "---\n", "---\nid: 1\n---\n"))
texts = st.tuples(starts, st.lists(lines, max_size=24).map("".join)).map("".join)
scraps = st.lists(lines | pieces, max_size=2).map("".join)
