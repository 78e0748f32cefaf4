"""Links of one shape that fail all over a collection are one problem, with an offer to map them."""

import tomllib
from collections.abc import Mapping
from types import MappingProxyType

from spec_lsp.rules.engine.model import Diagnostic, Fix
from spec_lsp.workspace.config.read import read_config
from tests.harness.world import World

TEMPLATE = {"templates/note.md": "# Note: [Title]\n"}


Texts = Mapping[str, str]
NOTHING: Texts = MappingProxyType({})


def collection(link: str, others: Texts = NOTHING, *, count: int = 12, toml: str = "") -> World:
    """Notes that link to each other in one way; `others` are further documents by their path."""
    notes = {
        f"notes/n-{at}.md": f"# Note: {at}\n\n[next]({link.format((at + 1) % count)})\n"
        for at in range(count)
    }
    config, _ = read_config("spec-lsp.toml", f"builtin = false\n{toml}")
    return World(notes | dict(others), TEMPLATE, config=config)


def found(world: World) -> list[Diagnostic]:
    """All problems of a collection."""
    return [each for path in world.documents for each in world.diagnose(path)]


def fixes(world: World) -> dict[str, Fix]:
    """The fixes of the only problem, by title."""
    (problem,) = found(world)
    return {fix.title: fix for fix in problem.fixes(world.desk)}


def mapped(title: str, link: str, others: Texts = NOTHING) -> list[Diagnostic]:
    """The problems after a fix has written the configuration."""
    made = fixes(collection(link, others))[title].new_file
    assert made
    assert made.path == "spec-lsp.toml"
    assert tomllib.loads(made.text)
    return found(collection(link, others, toml=made.text))


def test_they_are_said_once_on_the_first_document() -> None:
    (problem,) = found(collection("./n-{}"))
    assert (problem.path, problem.code, problem.level) == ("notes/n-0.md", "unmapped-links", "info")
    assert problem.message == "Links such as “n-1” lead nowhere in most of 12 documents"


def test_mentions_of_people_are_of_one_shape() -> None:
    (problem,) = found(collection("@member{}"))
    assert problem.code == "unmapped-links"


def test_few_are_said_one_by_one() -> None:
    problems = found(collection("./n-{}", count=9))
    assert [each.code for each in problems] == ["broken-link"] * 9


def test_a_shape_that_mostly_works_is_no_common_failure() -> None:
    lost = {f"notes/x-{at}.md": f"# Note: X\n\n[lost](n-{at + 50}.md)\n" for at in range(3)}
    problems = found(collection("n-{}.md", lost))
    assert [each.code for each in problems] == ["broken-link"] * 3


def test_a_site_is_offered_where_it_resolves_them() -> None:
    link = "./n-{}"
    assert not mapped("Treat this workspace as a site", link)


def test_the_top_of_a_site_is_offered() -> None:
    link, target = "/guide/p-{}", {f"docs/guide/p-{at}.md": "# Note: P\n" for at in range(12)}
    title = "Treat docs as a site"
    fix = fixes(collection(link, target))[title].new_file
    assert fix
    assert fix.text == 'links.sites = ["docs"]\n'


def test_another_folder_is_offered() -> None:
    link, others = "./old-{}.md", {f"final/old-{at}.md": "# Note: Old\n" for at in range(12)}
    assert not mapped("Map notes/ to final/", link, others)


def test_external_files_are_offered() -> None:
    link = "../other/x-{}.md"
    assert not mapped("Do not check links to other/x-*.md", link)


def test_pages_of_a_site_elsewhere_are_said_once() -> None:
    (problem,) = found(collection("/en/page-{}"))
    assert problem.code == "unmapped-links"


def test_names_that_are_no_pages_have_no_cause_in_common() -> None:
    problems = found(collection("lost-{}"))
    assert [each.code for each in problems] == ["broken-link"] * 12


def test_one_name_is_external_in_every_folder() -> None:
    link = "data/model.md"
    assert not mapped("Do not check links to **/model.md", link)


def test_a_folder_that_is_not_at_the_top_is_one_cause_whatever_the_file() -> None:
    """Such as that of a container, `/workspace/docs/login.md`; the template may lead there too."""
    template = {"templates/note.md": "# Note: [Title]\n\n[all](/box/guide/0.md)\n"}
    targets = {f"guide/{at}.md": "# Guide\n" for at in range(33)}
    notes = {f"notes/n-{at}.md": f"# Note: {at}\n\n[all](/box/guide/0.md)\n" for at in range(33)}
    for at in range(22, 33):
        notes[f"notes/n-{at}.md"] += f"\n[one](/box/guide/{at}.md)\n"
    config, _ = read_config("spec-lsp.toml", "builtin = false\n")
    world = World(notes | targets, template, config=config)
    (problem,) = found(world)
    assert problem.message == "Links into box/ lead nowhere in most of 33 documents"
    made = fixes(world)["Map box/ to the top"].new_file
    assert made
    config, _ = read_config("spec-lsp.toml", f"builtin = false\n{made.text}")
    assert not found(World(notes | targets, template, config=config))
