"""A record of a few rows, one of every kind, as files."""

import copy
from pathlib import Path
from typing import Any

from apps.exchange.dumping import to_yaml

CITED = [{"source": "kcna-2024-06-20"}]

_FILES: dict[str, Any] = {
    "agents.yaml": [
        {"slug": "kcna", "name": "Korean Central News Agency", "short_name": "KCNA", "kind": "state_media",
         "country": "KP", "status": "published"},
        {"slug": "kim-jong-un", "name": "Kim Jong Un", "kind": "person", "country": "KP",
         "names": [{"name": "Kim Jong-un", "language": "en"}, {"name": "김정은", "language": "ko"},
                   {"name": "Ким Чен Ын", "language": "ru"}],
         "roles": [{"title": "President of the State Affairs", "since": "2016-06-29", "source": "kcna-2024-06-20"}],
         "status": "published"},
        {"slug": "north-korea", "name": "North Korea", "kind": "state", "country": "KP", "status": "published"},
    ],
    "sources.yaml": [
        {"slug": "kcna-2024-06-20", "type": "article-newspaper", "title": "Treaty, in full", "publisher": "kcna",
         "issued": "2024-06-20", "language": "en", "url": "https://kcna.example/treaty", "status": "published"},
        {"slug": "unseen", "type": "webpage", "title": "A copy", "title_is_description": True, "publisher": "kcna",
         "language": "en", "reported_via": "kcna-2024-06-20", "status": "draft"},
    ],
    "topics.yaml": [
        {"slug": "mutual-defence", "group": "security", "title": "Mutual defence", "status": "published"},
        {"slug": "economy", "group": "economy", "title": "Economy", "status": "published"},
    ],
    "themes.yaml": [{"slug": "alliance", "title": "Alliance", "topic": "mutual-defence", "status": "published"}],
    "treaties/2024.yaml": {
        "slug": "2024", "short_name": "The 2024 treaty", "title": "Treaty on Comprehensive Strategic Partnership",
        "titles": [{"language": "ru", "title": "Договор"}], "parties": ["north-korea"], "article_count": 23,
        "authentic_languages": ["ko", "ru"], "citations": CITED, "status": "published",
        "articles": [
            {"number": "4", "heading": "Help in war", "gist": "Help at once.", "completeness": "established",
             "topics": ["mutual-defence"], "citations": CITED, "status": "published",
             "renderings": [
                 {"language": "en", "source": "kcna-2024-06-20", "kind": "official_translation",
                  "translator": "KCNA English", "extent": "part", "text": "First line.\nSecond: line.",
                  "citations": CITED, "status": "published"}]},
        ],
        "acts": [
            {"slug": "2024-signature", "kind": "signature", "happened": "2024-06-19", "place": "Pyongyang",
             "summary": "Both presidents sign.", "certainty": "established", "citations": CITED, "status": "published"},
        ],
        "obligations": [
            {"kind": "defense", "extent": "limited", "label": "Owed, on two conditions", "article": "4",
             "article_51": "named", "domestic_law": "named", "rationale": "So it reads.", "citations": CITED,
             "status": "published"},
        ],
    },
    "correspondences.yaml": [
        {"topic": "mutual-defence", "change": "It returned.", "confidence": "high",
         "sides": [{"treaty": "2024", "presence": "present", "articles": ["4"]}], "citations": CITED,
         "status": "published"},
    ],
    "utterances.yaml": [
        {"slug": "kim-alliance", "speaker": "kim-jong-un", "said": "2024-06-19", "themes": ["alliance"],
         "status": "published",
         "quotes": [
             {"slug": "kim-alliance-kcna", "words": "An alliance: “the strongest”", "language": "en",
              "translated_by": "KCNA", "officiality": "state_media", "citations": CITED, "status": "published"},
             {"slug": "kim-alliance-copy", "words": "The strongest", "language": "en", "officiality": "press",
              "editor_note": "Seen on a copy only.", "status": "draft"}]},
    ],
    "questions.yaml": [
        {"slug": "is-it-automatic", "question": "Is help automatic?", "topics": ["mutual-defence"],
         "articles": ["2024/4"], "status": "published",
         "positions": [{"slug": "yes", "label": "Yes"}, {"slug": "depends", "label": "It depends", "off_scale": True}],
         "assessments": [
             {"since": "2024-06-20", "knowledge": "disputed", "answer": "Experts differ.", "citations": CITED,
              "status": "published"}]},
    ],
    "opinions.yaml": [
        {"slug": "kim-yes", "expert": "kim-jong-un", "question": "is-it-automatic", "position": "yes",
         "stated": "2024-06-20", "summary": "It is.", "citations": CITED, "status": "published"},
    ],
    "facts.yaml": [
        {"slug": "day-of-signature", "question": "When was it signed?", "summary": "Time zones.", "treaty": "2024",
         "act": "2024-signature", "status": "published",
         "values": [
             {"value": "19 June 2024", "rank": "preferred", "reason": "Its own date.", "citations": CITED,
              "status": "published"},
             {"value": "18 June 2024", "rank": "refuted", "reason": "A slip.", "citations": CITED,
              "status": "published"}]},
    ],
    "events.yaml": [
        {"slug": "2024-06-19-summit", "title": "Summit in Pyongyang", "summary": "They meet.", "category": "summit",
         "happened": "2024-06-19", "people": ["kim-jong-un"], "treaties": ["2024"], "citations": CITED,
         "status": "published"},
        {"slug": "2024-10-troops", "title": "Troops", "summary": "They go.", "category": "military",
         "happened": "2024-10", "citations": [{"source": "kcna-2024-06-20", "relation": "disputes",
                                              "label": "page", "locator": "4–5", "exact": "no troops"}],
         "status": "published"},
    ],
    "ties.yaml": [
        {"slug": "troops-act-on-4", "event": "2024-10-troops", "article": "2024/4", "kind": "acts_on",
         "citations": CITED, "status": "published"},
    ],
    "timelines.yaml": [
        {"slug": "the-pact", "title": "The pact", "status": "published",
         "items": [{"chapter": "June", "act": "2024-signature"}, {"event": "2024-10-troops"},
                   {"utterance": "kim-alliance"}, {"opinion": "kim-yes"}]},
    ],
    "findings/home.yaml": [
        {"slug": "home-1", "owner": "home", "since": "2024-06-20", "heading": "The text is out", "citations": CITED,
         "status": "published"},
    ],
    "findings/comparison.yaml": [
        {"slug": "comparison-1", "owner": "comparison", "since": "2024-06-20", "heading": "It returned",
         "citations": CITED, "status": "published"},
    ],
    "findings/topics.yaml": [
        {"slug": "defence-1", "owner": "topic:mutual-defence", "since": "2024-06-20", "heading": "Help returned",
         "citations": CITED, "status": "published"},
    ],
    "findings/timelines.yaml": [
        {"slug": "everything-1", "owner": "timeline:", "since": "2024-06-20", "heading": "Two years",
         "citations": CITED, "status": "published"},
        {"slug": "pact-1", "owner": "timeline:the-pact", "since": "2024-06-20", "heading": "From words to troops",
         "citations": CITED, "status": "published"},
    ],
}  # fmt: skip


class SmallRecord:
    """The files in `folder`. Change `files`, then `write()`; `raw()` puts any text in a file's place."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files = copy.deepcopy(_FILES)
        self.write()

    def write(self) -> None:
        for name, content in self.files.items():
            self.raw(name, to_yaml(content))

    def raw(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def find(self, name: str, slug: str) -> dict[str, Any]:
        """The item of a file, to be changed."""
        return next(item for item in self.files[name] if item["slug"] == slug)
