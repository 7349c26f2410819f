"""Docs and pipelines that are written and read: bytes, pickle, files, several processes, a fresh process."""

from __future__ import annotations

import pickle
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc, DocBin

import extractor
from extractor.draft import Article
from extractor.errors import ExtractorError
from extractor.pipeline import FACTORIES, build
from extractor.pipeline.stored import extraction_of
from extractor.records import Extraction

ROOT = Path(__file__).resolve().parent.parent
NLP = extractor.load()
TEXT = ("Cao Bằng giảm nghèo\n\nNăm 2023, tỷ lệ hộ nghèo huyện Bảo Lạc (Cao Bằng) giảm 4,23%, còn 1.085 hộ.\n"
        "Ông Nông Văn Thắng, Phó Chủ tịch UBND huyện Bảo Lạc, cho biết: năm 2024 phấn đấu giảm tỷ lệ hộ nghèo từ 5% "
        "trở lên.")
KNOWN = Article(TEXT, id="x1", title="Bảo Lạc giảm nghèo", published="2024-01-10T08:00:00", url="https://x.vn/1")
Corpus = dict[str, tuple[str, Extraction]]


def shown(doc: Doc, group: str) -> list[tuple[str, str, str]]:
    return [(span.text, span.label_, span.id_) for span in doc.spans[group]]


# Many texts, many processes, files


def test_pipe_keeps_the_order_and_remembers_nothing(corpus: Corpus) -> None:
    texts = [text for text, _ in corpus.values()][:8]
    forth = [doc._.extraction.to_json() for doc in NLP.pipe(texts, batch_size=3)]
    back = [doc._.extraction.to_json() for doc in NLP.pipe(texts[::-1])]
    assert forth == back[::-1]


def test_two_processes_give_what_one_gives(corpus: Corpus) -> None:
    articles = [Article(text, id=name) for name, (text, _) in corpus.items()][:6]
    docs = list(NLP.pipe(((a.text, a) for a in articles), as_tuples=True, n_process=2, batch_size=2))
    assert [article.id for _, article in docs] == [article.id for article in articles]
    for doc, article in docs:
        assert doc._.extraction == corpus[article.id or ""][1]
        assert [s.id_ for s in doc.spans["quantities"]] == [o.id for o in doc._.extraction.observations]


def through_bytes(doc: Doc) -> Doc:
    return Doc(NLP.vocab).from_bytes(doc.to_bytes())


def through_pickle(doc: Doc) -> Doc:
    copy: Doc = pickle.loads(pickle.dumps(doc))
    return copy


def through_docbin(doc: Doc) -> Doc:
    data = DocBin(store_user_data=True, docs=[doc]).to_bytes()
    return next(iter(DocBin(store_user_data=True).from_bytes(data).get_docs(NLP.vocab)))


@pytest.mark.parametrize("through", [through_bytes, through_pickle, through_docbin, Doc.copy])
def test_a_doc_survives(through: Callable[[Doc], Doc]) -> None:
    doc = NLP(NLP.make_doc(TEXT))
    doc._.article = KNOWN
    copy = through(doc)
    assert copy.text == TEXT
    assert copy._.extraction == doc._.extraction
    assert copy._.extraction is copy._.extraction
    assert copy._.article == KNOWN
    assert shown(copy, "quantities") == shown(doc, "quantities")
    assert [s.text for s in copy.sents] == [s.text for s in doc.sents]
    assert [w.text for w in copy._.words] == [w.text for w in doc._.words]


@pytest.mark.parametrize("through", [through_bytes, through_pickle, through_docbin, Doc.copy])
def test_a_doc_that_is_not_finished_survives_too(through: Callable[[Doc], Doc]) -> None:
    doc = NLP.make_doc(TEXT)
    copy = through(doc)
    assert copy._.extraction is None
    assert copy._.draft is None
    assert NLP(copy)._.extraction == extractor.extract(TEXT)


def test_the_draft_is_gone_when_the_pipeline_is_through() -> None:
    assert NLP.make_doc(TEXT)._.draft.text.raw == TEXT
    assert NLP(TEXT)._.draft is None


def test_a_doc_may_go_through_twice() -> None:
    doc = NLP(NLP(TEXT))
    assert doc._.extraction == extractor.extract(TEXT)


def test_extractions_come_back_from_their_json(corpus: Corpus) -> None:
    for _, extraction in corpus.values():
        assert extraction_of(extraction.to_dict()) == extraction


# On disk

FRESH = """
import sys, spacy
nlp = spacy.load(sys.argv[1])
assert "extractor_finish" in nlp.pipe_names
sys.stdout.buffer.write(nlp(sys.stdin.buffer.read().decode())._.extraction.to_json().encode())
"""


def install(folder: Path) -> None:
    """As pip would: the entry points of pyproject.toml beside the package, wherever this test runs."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    info = folder / "extractor-0.0.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: extractor\nVersion: 0.0.0\n", encoding="utf-8")
    lines = []
    for group, points in project["entry-points"].items():
        lines += [f"[{group}]", *(f"{name} = {target}" for name, target in points.items())]
    (info / "entry_points.txt").write_text("\n".join(lines), encoding="utf-8")
    (folder / "extractor").symlink_to(ROOT / "extractor", target_is_directory=True)
    (folder / "patterns").symlink_to(ROOT / "patterns", target_is_directory=True)


def test_the_entry_points_name_every_factory_and_the_tokenizer() -> None:
    points = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["entry-points"]
    assert set(points["spacy_factories"]) == set(FACTORIES)
    assert set(points["spacy_tokenizers"]) == {NLP.config["nlp"]["tokenizer"]["@tokenizers"]}


def test_a_saved_pipeline_is_found_in_a_fresh_process(tmp_path: Path) -> None:
    NLP.to_disk(tmp_path / "model")
    install(tmp_path / "site")
    done = subprocess.run([sys.executable, "-c", FRESH, str(tmp_path / "model")], input=TEXT.encode(), cwd=tmp_path,
                          env={"PYTHONPATH": str(tmp_path / "site"), "PATH": ""}, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout.decode() == extractor.extract(TEXT).to_json()


def test_to_disk_and_back(tmp_path: Path) -> None:
    NLP.to_disk(tmp_path / "model")
    nlp = spacy.load(tmp_path / "model", exclude=["extractor_speakers"])
    assert nlp.pipe_names == [name for name in FACTORIES if name != "extractor_speakers"]
    assert spacy.load(tmp_path / "model").config == NLP.config
    assert [t.text for t in nlp.make_doc("TP. Huế")] == ["TP.", "Huế"]


def test_to_bytes_and_back() -> None:
    nlp = build().from_bytes(NLP.to_bytes())
    assert nlp(TEXT)._.extraction == extractor.extract(TEXT)


@pytest.fixture
def own_patterns(tmp_path: Path) -> Path:
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "tokens.toml").write_text('[[abbreviation]]\nphrases = ["Kx."]\n', encoding="utf-8")
    return folder


def test_patterns_of_the_users_own(own_patterns: Path, tmp_path: Path) -> None:
    nlp = build(own_patterns)
    text = "Kx. Hoa có 5%."
    assert nlp.make_doc(text)[0].text == "Kx."
    assert NLP.make_doc(text)[0].text == "Kx"
    made = nlp(text)._.extraction.extractor["patterns"]
    assert made != NLP(text)._.extraction.extractor["patterns"]
    assert nlp(nlp(text))._.extraction.extractor["patterns"] == made
    # the saved pipeline takes them along
    nlp.to_disk(tmp_path / "model")
    shutil.rmtree(own_patterns)
    moved = (tmp_path / "model").rename(tmp_path / "elsewhere")
    again = spacy.load(moved)
    assert again(text)._.extraction.extractor["patterns"] == made
    assert again.make_doc(text)[0].text == "Kx."


def test_patterns_that_are_gone_are_one_clear_error(own_patterns: Path) -> None:
    nlp = build([own_patterns])
    shutil.rmtree(own_patterns)
    with pytest.raises(ExtractorError, match=r"own: the folder of patterns .* is not there"):
        nlp(TEXT)
