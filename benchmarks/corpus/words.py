"""What the made-up documents talk about: a town's services, with patterns to say it in.

`{actor}` and the like are words from the list of that name; `{number}`, `{mention}`, `{link}` and
`{person}` are made up on the spot.
"""

WORDS = {
    "actor": (
        *("the worker", "the gateway", "the scheduler", "the importer", "the search page"),
        *("the mail service", "the billing run", "the night shift", "the front desk", "a reader"),
        *("an operator", "a branch office", "the auditor", "the mobile client", "the exporter"),
        *("the support team", "a new employee", "the archive", "the label printer", "the ledger"),
    ),
    "thing": (
        *("reservation", "invoice", "delivery note", "reminder", "session", "timetable", "receipt"),
        *("address book", "price list", "waiting list", "backup", "parcel label", "access token"),
        *("audit trail", "login page", "export file", "calendar feed", "meter reading", "permit"),
        *("ferry ticket", "opening hour", "floor plan", "lost item", "parking badge", "complaint"),
        *("school enrolment", "library card", "refund", "street sign", "water bill", "work order"),
        *("tram stop", "rent contract", "ballot", "dog licence", "festival stall", "snow route"),
    ),
    "part": (
        *("queue", "cache", "index", "connection pool", "retry loop", "time zone table", "parser"),
        *("form", "upload", "migration", "rate limit", "lock", "webhook", "template", "report"),
        *("permission check", "full-text search", "validation", "dashboard", "background job"),
    ),
    "quality": (
        *("slow", "late", "incomplete", "doubled", "unreadable", "out of date", "locked", "empty"),
        *("in the wrong order", "missing", "too long for the page", "shown to the wrong person"),
    ),
    "does": (
        *(
            "reads",
            "rejects",
            "keeps",
            "forwards",
            "counts",
            "signs",
            "prints",
            "locks",
            "archives",
        ),
        *(
            "retries",
            "merges",
            "hides",
            "renames",
            "validates",
            "publishes",
            "compresses",
            "checks",
        ),
    ),
    "do": (
        *("read", "reject", "keep", "forward", "count", "sign", "print", "lock", "archive"),
        *("retry", "merge", "hide", "rename", "validate", "publish", "compress", "check", "move"),
    ),
    "when": (
        *("after a restart", "within two seconds", "on the first of the month", "during a release"),
        *("when the network drops", "at midnight", "before the office opens", "under full load"),
        *(
            "once the contract ends",
            "while a backup runs",
            "at the end of a shift",
            "every morning",
        ),
        *("as soon as the form is sent", "when two people edit it at once", "after three attempts"),
    ),
    "because": (
        *("because no user had asked for it before", "because the clock of the host was wrong"),
        *(
            "because the limit was set for a tenth of the load",
            "because the old format has no field",
        ),
        *("because the lock is held for the whole run", "because the two tables are read apart"),
        *("because the law changed in spring", "because the test covered one branch only"),
    ),
    "unit": (
        *("rows", "requests", "readers", "documents", "messages", "milliseconds", "minutes"),
        *("open cases", "megabytes", "sheets of paper", "phone calls", "retries"),
    ),
    "store": (
        *("the database", "a message broker", "plain files", "the object store", "memory"),
        *("a spreadsheet", "the archive", "a shared folder", "the provider's service"),
    ),
}

SENTENCES = (
    "{Actor} {does} the {thing} {when}.",
    "{Actor} {does} each {thing} that {actor} has left {quality}, and does so {when}.",
    "Of {number} {unit} we looked at, {number} had a {thing} that was {quality}.",
    "A {thing} must never be {quality}, not even {when}.",
    "The {part} of the {thing} was {quality} {because}.",
    "{Person} measured {number} {unit} {when}, which is more than the {part} can take.",
    "See {mention} for the reason why {actor} {does} the {thing} first.",
    "As {link} explains, the {part} belongs to {actor} alone.",
    "This is what {mention} asks for: {actor} {does} the {thing}, and the {part} stays untouched.",
    "Nothing else changes; {actor} still {does} every {thing} {when}.",
    "We could {do} the {thing} earlier, but then {actor} would find it {quality}.",
    "If the {part} is `{identifier}`, {actor} {does} the {thing} and writes a line to the log.",
    "The setting `{identifier}` says how many {unit} a {part} may hold; it is {number} today.",
    "Until now {actor} had to {do} the {thing} by hand, {number} times a week.",
    "**Important:** {actor} never {does} a {thing} that is *{quality}*.",
    "{Actor} and {actor} share one {part}, so a {thing} that is {quality} shows in both places.",
    "It takes {number} {unit} to {do} a {thing} {when}, and twice as many if it is {quality}.",
    "Who sees that a {thing} is {quality} should tell {person}, who will {do} it {when}.",
    "The {part} keeps the last {number} {unit}; older ones go to {store}.",
    "In {mention} the {part} was built for {number} {unit}, {because}.",
)

ITEMS = (
    "{Actor} {does} the {thing} {when}",
    "A {thing} is {quality} in {number} of {number} cases",
    "The {part} holds at most {number} {unit}",
    "The {thing} can be found again by {actor}",
    "{Person} {does} the {part} {when}",
    "No {thing} stays {quality} for more than {number} {unit}",
    "`{identifier}` is set for {actor}",
    "Everything that {mention} promises still holds",
    "The {part} and {store} agree {when}",
)

PHRASES = (
    "{does} the {thing} {when}",
    "the {part} of the {thing}",
    "one {thing} for each {part}",
    "a {thing} that is never {quality}",
    "{number} {unit} {when}",
)

HEADLINES = (
    "{Thing} in {store}",
    "{Part} for the {thing}",
    "{Thing} that is {quality}",
    "One {part} for every {thing}",
    "{Do} the {thing} {when}",
)

TITLES = {
    "bug-fix": ("{Thing} is {quality} {when}", "{Part} loses the {thing} {when}"),
    "decision": ("{Do} the {thing} in {store}", "One {part} for {thing} and {thing}"),
    "feature": ("{Thing} {part} for {actor}", "{Do} a {thing} {when}"),
    "fix-plan": ("{Thing} is {quality} {when}", "{Part} loses the {thing} {when}"),
    "task": ("{Do} the {part} of the {thing}", "{Do} each {thing} {when}"),
    "technical": ("{Part} of the {thing}", "{Thing} and {thing} in {store}"),
    "technical-analysis": (
        "Why the {thing} is {quality} {when}",
        "Load on the {part} of the {thing}",
    ),
}

PEOPLE = (
    *("Mara Lindqvist", "Tomas Okafor", "Ines Varga", "Jakob Reiter", "Noor Haddad", "Pia Sorel"),
    *("Emil Brandt", "Yuki Tanabe", "Rosa Ferrante", "Owen Pryce", "Lena Kowal", "Samir Dutta"),
)
