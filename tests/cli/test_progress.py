"""Long work shows its progress on a terminal."""

from pathlib import Path

from tests.cli.terminal import on_terminal


def test_a_check_of_many_files_counts_them(tmp_path: Path) -> None:
    for number in range(100):
        (tmp_path / f"note-{number}.md").write_text("# Note\n", encoding="utf-8")
    shown, code = on_terminal(tmp_path, "", "check", term="xterm")
    assert code == 0, shown
    assert "/100" in shown
