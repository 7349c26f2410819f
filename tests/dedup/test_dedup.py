"""Near-duplicates: copies of one article are one cluster, whatever their order; reports of one kind are not."""

from __future__ import annotations

import random
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.dedup import Cluster, Deduplicator, find_duplicate_reads, find_duplicates, signature
from extractor.errors import ExtractorError
from extractor.reading import read_articles

pytest.importorskip("rensa", reason="extra 'dedup'")

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
TEXTS = [(CORPUS / f"a{i:02}.txt").read_text("utf-8") for i in range(1, 11)]


def groups(texts: list[str], threshold: float = 0.6) -> list[int]:
    """For each text the place of the first of its cluster, when ids are in the order of the places."""
    found = find_duplicates(((f"{i:03}", None, text) for i, text in enumerate(texts)), threshold)
    return [int(cluster.first or "") for cluster in found if cluster]


def lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


@pytest.mark.parametrize("copy", [
    lambda text: text,
    lambda text: text.upper(),
    lambda text: unicodedata.normalize("NFD", text),
    lambda text: text.replace("\n", "\r\n\r\n").replace(" ", "\u00a0"),
    lambda text: text.replace(",", "").replace(".", " "),
    lambda text: "Một tít khác hẳn\n" + "\n".join(lines(text)[1:]) + "\nTheo Báo Bản Mới",
    lambda text: "\n".join(reversed(lines(text))),
    lambda text: "\n".join(line for i, line in enumerate(lines(text)) if i % 5 != 2),
], ids=["same", "capitals", "decomposed", "blanks", "punctuation", "other title", "reordered", "shortened"])
def test_a_copy_is_found(copy) -> None:  # type: ignore[no-untyped-def]
    assert groups([*TEXTS, copy(TEXTS[3])]) == [*range(10), 3]


def test_articles_of_one_subject_are_no_copies() -> None:
    assert groups(TEXTS) == list(range(10))


def test_reports_of_one_kind_with_other_figures_are_no_copies() -> None:
    rng = random.Random(1)

    def report() -> str:
        a, b, c, d = (rng.randrange(1000, 9999) for _ in range(4))
        return (f"Giá vàng hôm nay: vàng miếng {a} đồng mua vào và {b} đồng bán ra, tăng {a % 90} nghìn đồng so với hôm qua. "
                f"Vàng nhẫn được niêm yết ở mức {c} đồng, giảm {c % 80} nghìn. Giá vàng thế giới {d} đô la một ao xơ, "
                f"tương đương {a + d} đồng, thấp hơn trong nước {b % 70} triệu đồng.")

    assert groups([report() for _ in range(30)]) == list(range(30))


@pytest.mark.parametrize(("threshold", "found"), [(0.5, [0, 0]), (0.6, [0, 0]), (0.95, [0, 1])])
def test_the_threshold(threshold: float, found: list[int]) -> None:
    text = "\n".join(lines(TEXTS[0])[:-2])
    assert groups([TEXTS[0], text], threshold) == found


@pytest.mark.parametrize("threshold", [0, 0.4, 1.1])
def test_a_threshold_that_is_none(threshold: float) -> None:
    with pytest.raises(ExtractorError, match=r"threshold of near-duplicates: expected 0.5 to 1"):
        Deduplicator(threshold)


def test_the_first_is_the_earliest_then_the_smallest_id_and_undated_ones_are_last() -> None:
    articles = [("z", None, TEXTS[0]), ("b", "2024-02-01", TEXTS[0]), ("a", "2024-02-01", TEXTS[0] + " thêm"),
                ("c", "2024-03-01", TEXTS[0]), (None, None, TEXTS[1])]
    found = list(find_duplicates(articles))
    assert [cluster.first for cluster in found if cluster] == ["a", "a", "a", "a", None]
    assert [cluster.size for cluster in found if cluster] == [4, 4, 4, 4, 1]
    assert len({cluster.id for cluster in found if cluster}) == 2


@settings(max_examples=20, deadline=None)
@given(st.randoms(use_true_random=False), st.lists(st.sampled_from(range(10)), min_size=1, max_size=30))
def test_the_order_makes_no_difference(rng: random.Random, choice: list[int]) -> None:
    articles = []
    for n, i in enumerate(choice):
        some = lines(TEXTS[i])
        del some[n % len(some)]
        articles.append((f"id{n % 7}", f"2024-01-{n % 5 + 1:02}" if n % 3 else None, "\n".join(some)))
    shuffled = list(range(len(articles)))
    rng.shuffle(shuffled)
    one, other = list(find_duplicates(articles)), list(find_duplicates(articles[i] for i in shuffled))
    assert [one[i] for i in shuffled] == other


def test_counts() -> None:
    found = find_duplicates((str(i), None, text) for i, text in enumerate([*TEXTS[:4], TEXTS[0], TEXTS[0], TEXTS[1]]))
    assert found.counts == (7, 2, 3)
    assert find_duplicates([]).counts == (0, 0, 0)


@pytest.mark.parametrize("text", ["", " \n", "… — 🙂"])
def test_a_text_without_words_is_a_copy_of_none(text: str) -> None:
    assert signature(text) == b""
    assert list(find_duplicates([("a", None, text), ("b", None, text)])) == [None, None]


@given(st.text())
@settings(max_examples=50, deadline=None)
def test_any_text_has_a_signature(text: str) -> None:
    assert len(signature(text)) in (0, 512)
    if signature(text):
        assert list(find_duplicates([("a", None, text), ("b", None, text)])) == [
            Cluster(cluster.id, "a", 2) for cluster in find_duplicates([("a", None, text)]) if cluster] * 2


def test_short_texts_are_copies_only_if_equal() -> None:
    assert groups(["Giảm 5 hộ", "Giảm 6 hộ", "giảm 5 hộ."]) == [0, 1, 0]


def test_many_articles_of_a_few_clusters() -> None:
    texts = [TEXTS[i % 10] + f" {i % 3}" for i in range(600)]
    assert groups(texts) == [i % 10 for i in range(600)]


def test_a_stream_of_reads_keeps_its_numbers(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXTS[0], encoding="utf-8")
    (tmp_path / "b.txt").write_text("", encoding="utf-8")
    (tmp_path / "c.txt").write_text(TEXTS[0], encoding="utf-8")
    found = find_duplicate_reads(read_articles([str(tmp_path)]))
    assert [cluster and cluster.first for cluster in found] == ["a", None, "a"]


def test_signatures_are_the_same_in_every_process() -> None:
    code = "import sys; from extractor.dedup import signature; print(signature(sys.argv[1]).hex())"
    run = subprocess.run([sys.executable, "-c", code, TEXTS[0]], capture_output=True, text=True, check=True,
                         env={**__import__("os").environ, "PYTHONHASHSEED": "7"})
    assert run.stdout.strip() == signature(TEXTS[0]).hex()


def test_signatures_stay_what_they_were() -> None:
    """Clusters of yesterday's run and today's must fit together; a new version of the library must not change them."""
    assert signature("Năm 2023, tỷ lệ hộ nghèo giảm 4,23%.").hex()[:32] == "3978ddc5c31f9bd41d4183dfc3e83cc5"


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rensa", None)
    with pytest.raises(ExtractorError, match=r"pip install 'extractor\[dedup\]'"):
        signature("một hai ba")
