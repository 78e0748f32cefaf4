"""An example for each key of the configuration, and for each correction of a template."""

CONFIGURATION = {
    "templates": 'templates = ["docs/templates/*.md"]',
    "builtin": 'builtin = ["decision", "task"]',
    "families": 'families = ["spec-kit", "adr"]',
    "family": '[[family]]\nname = "spec-kit"\nbase = "packages/api"',
    "include": 'include = ["docs/**/*.md", "README.md"]',
    "exclude": 'exclude = ["docs/archive/**"]',
    "documents": """\
[[documents]]
paths = ["docs/adr/**"]
template = "decision"

[[documents]]
paths = ["docs/notes/**"]
template = "none"\
""",
    "rules": '[rules]\norphan = "info"\nopen-tasks = "error"\nmisplaced-section = "off"',
    "overrides": """\
[[overrides]]
paths = ["docs/old/**"]
rules = { "*" = "off", broken-link = "warning" }\
""",
    "ids": """\
[ids.prefixes]
REQ- = { digits = 4, scope = "workspace" }

[ids.external]
JIRA = "https://jira.example.org/browse/{id}"\
""",
    "check": '[check]\nfiles = "all"',
    "links": """\
[links]
sites = ["website/docs"]
map = { "guide/" = "website/docs/guide/" }
external = ["../other-repository/**"]\
""",
    "lifecycle": '[lifecycle]\ndraft = ["Idea"]\nfinal = ["Shipped"]\ndropped = ["Parked"]',
    "evidence": "[evidence]\ndocuments = 20\nmissing = 0.5",
    "new": '[new.decision]\ndirectory = "docs/adr"\nfilename = "{number}-{slug}.md"',
    "baseline": 'baseline = "docs/known-problems.json"',
    "history": "history = false",
}

CORRECTIONS = {
    "kind": "kind: runbook",
    "title": "title: Runbook",
    "description": "description: What to do when a service fails.",
    "id": 'id: "RUN-###"',
    "filename": 'filename: "{id}-{slug}.md"',
    "directory": "directory: docs/runbooks",
    "required": "required: [Symptoms, Owner]",
    "optional": "optional: [Escalation]",
    "repeatable": "repeatable: [Contact]",
    "aliases": "aliases:\n  Symptoms: [What you see, Signs]",
    "lifecycle": """\
lifecycle:
  field: Status
  draft: [Draft]
  final: [Live]
  dropped: [Retired]\
""",
}
