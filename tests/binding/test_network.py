"""The arithmetic of choosing: sums of features, the network with small hand-made weights, groups, confidence."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from drafts import draft

from extractor.binding import bind
from extractor.binding.bind import Model, cases_of
from extractor.binding.linear import Candidate, choose, confidence, log_odds
from extractor.binding.network import (
    FIELDS,
    MODEL,
    Bag,
    Case,
    Network,
    _normal,
    best,
    load_network,
    read_network,
    save,
)
from extractor.binding.unlearned import PHRASE_AT_NUMBER
from extractor.errors import ExtractorError

# --- groups and confidence --------------------------------------------------------------------------------------------

def options(*features: list[str]) -> list[Candidate]:
    return [Candidate(None, None, "", f) for f in features]


def test_the_candidate_whose_features_weigh_most_is_chosen() -> None:
    weights = {"a": 1.0, "b": -2.0, "c": 0.5}
    at, probability = choose(options(["a", "unknown"], ["b", "c"], ["a", "c"]), weights)
    assert at == 2
    assert probability == pytest.approx(math.exp(1.5) / (math.exp(1.0) + math.exp(-1.5) + math.exp(1.5)))


def test_of_equals_the_first_is_chosen() -> None:
    assert choose(options(["a"], ["b"]), {}) == (0, 0.5)
    assert choose(options([]), {}) == (0, 1.0)


@pytest.mark.parametrize(("probability", "odds"), [(0.5, 0.0), (0.75, math.log(3)), (0.0, -math.log(1e6 - 1)), (1.0, math.log(1e6 - 1))])
def test_log_odds_are_finite(probability: float, odds: float) -> None:
    assert log_odds(probability) == pytest.approx(odds)


@pytest.mark.parametrize(("product", "slope", "intercept", "expected"), [
    (0.8, 1.0, 0.0, 0.8), (0.5, 2.0, 0.0, 0.5), (0.8, 2.0, 0.0, 16 / 17), (0.5, 3.0, math.log(4), 0.8), (0.8, 1.0, -math.log(4), 0.5)])
def test_confidence_is_calibrated_on_log_odds(product: float, slope: float, intercept: float, expected: float) -> None:
    assert confidence(product, {"slope": slope, "intercept": intercept}) == pytest.approx(expected)


# --- parts of the network ---------------------------------------------------------------------------------------------

def test_a_set_of_features_is_the_sum_of_its_vectors_and_of_the_constant_one() -> None:
    bag = Bag(["a", "b"], np.array([[1.0, 0.0], [10.0, 1.0], [100.0, 2.0]], dtype=np.float16))
    assert bag.sums([["a"], ["b", "a", "a", "unknown"], []]).tolist() == [[11.0, 1.0], [111.0, 3.0], [1.0, 0.0]]
    assert bag.sums([[]]).dtype == np.float64


def test_rows_are_normalised_and_scaled() -> None:
    out = _normal(np.array([[1.0, 3.0], [-5.0, 5.0]]), np.array([2.0, 1.0]), np.array([0.0, 10.0]))
    assert out == pytest.approx(np.array([[-2.0, 11.0], [-2.0, 11.0]]), abs=1e-4)
    assert _normal(np.zeros((1, 2)), np.ones(2), np.ones(2)).tolist() == [[1.0, 1.0]]
    small = _normal(np.array([[0.0, 0.02]]), np.ones(2), np.zeros(2))
    assert small[0, 1] == pytest.approx(0.01 / math.sqrt(1e-4 + 1e-5))


def test_the_best_score_with_its_probability() -> None:
    at, probability = best([1.0, 1.0 + math.log(3)])
    assert (at, round(probability, 9)) == (1, 0.75)
    assert best([5.0]) == (0, 1.0)
    assert best([2.0, 2.0, 1.0])[0] == 0


# --- the whole with small weights -------------------------------------------------------------------------------------

WIDTH = 2  # of a number's own state; each direction of the GRU has one value more


def small(seed: int = 5) -> tuple[dict[str, Any], dict[str, list[str]], dict[str, Any]]:
    """Arrays, feature names and settings of a network of two hidden values, not trained on anything."""
    random = np.random.default_rng(seed)

    def array(*shape: int) -> Any:
        return random.normal(size=shape).astype(np.float16)

    names = {"around": ["kind=percent", "kind=households"], "step": ["first", "S"], "indicator": ["ind=other", "ind=poverty_rate"],
             "period": ["none", "len=4"], "place": ["none", "vn"]}
    arrays = {"bag." + k: array(3, WIDTH + (k in ("indicator", "period", "place"))) for k in names}
    for name in ("around", "indicator", "period", "place"):
        arrays |= {name + ".gain": array(WIDTH), name + ".bias": array(WIDTH)}
    arrays |= {"gru.in": array(2, WIDTH, 3), "gru.in_bias": array(2, 3), "gru.again": array(2, 1, 3), "gru.again_bias": array(2, 3)}
    for name, out in (("role", 7), ("status", 4), ("indicator", 1), ("period", 1), ("place", 1)):
        arrays |= {name + ".in": array(2 * WIDTH, WIDTH), name + ".in_bias": array(WIDTH), name + ".out": array(WIDTH, out)}
        if out > 1:
            arrays[name + ".out_bias"] = array(out)
    arrays["indicator.id"] = array(2, WIDTH)
    return arrays, names, {"indicators": ["", "poverty_rate"], "confidence": {"slope": 1.0, "intercept": 0.0}, "groups": {"yes": 0.5}, "subjects": {"h=right": 0.5},
                           "statuses": ["done", "past"]}


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    return cases_of(draft("Năm 2023, tỷ lệ hộ nghèo còn 5%, có 7 hộ thoát nghèo, tăng 3%.", "officials"))


def sigma(x: float) -> float:
    return 1 / (1 + math.exp(-x))


def by_hand(arrays: dict[str, Any], names: dict[str, list[str]], settings: dict[str, Any], cases: list[Case]) -> dict[str, list[list[float]]]:
    """The scores of the network, written down value by value."""
    a = {k: v.astype(float).tolist() for k, v in arrays.items()}

    def total(bag: str, features: list[str]) -> list[float]:
        rows = [a["bag." + bag][0], *(a["bag." + bag][names[bag].index(f) + 1] for f in dict.fromkeys(features) if f in names[bag])]
        return [sum(column) for column in zip(*rows, strict=True)]

    def normal(x: list[float], name: str) -> list[float]:
        mean = sum(x) / len(x)
        spread = math.sqrt(sum((v - mean) ** 2 for v in x) / len(x) + 1e-5)
        return [(v - mean) / spread * g + b for v, g, b in zip(x, a[name + ".gain"], a[name + ".bias"], strict=True)]

    def times(x: list[float], matrix: list[list[float]], bias: list[float]) -> list[float]:
        return [sum(v * row[i] for v, row in zip(x, matrix, strict=True)) + bias[i] for i in range(len(bias))]

    own = []
    for case in cases:
        summed = [p + q for p, q in zip(total("around", case.around), total("step", case.step), strict=True)]
        own.append([max(v, 0.0) for v in normal(summed, "around")])
    read: list[list[float]] = [[], []]
    for way in (0, 1):
        state = 0.0
        for x in own if way == 0 else own[::-1]:
            new = times(x, a["gru.in"][way], a["gru.in_bias"][way])
            old = times([state], a["gru.again"][way], a["gru.again_bias"][way])
            keep = sigma(new[1] + old[1])
            fresh = math.tanh(new[2] + sigma(new[0] + old[0]) * old[2])
            state = (1 - keep) * fresh + keep * state
            read[way].append(state)
    states = [[*x, down, up] for x, down, up in zip(own, read[0], read[1][::-1], strict=True)]
    out: dict[str, list[list[float]]] = {field: [] for field in FIELDS}
    for case, row in zip(cases, states, strict=True):
        for field in ("role", "status"):
            hidden = [max(v, 0.0) for v in times(row, a[field + ".in"], a[field + ".in_bias"])]
            out[field].append(times(hidden, a[field + ".out"], a[field + ".out_bias"]))
        for field in ("indicator", "period", "place"):
            context = times(row, a[field + ".in"], a[field + ".in_bias"])
            scores = []
            for candidate in case.candidates[field]:
                sums = total(field, candidate.features)
                score, vector = sums[0], normal(sums[1:], field)
                if field == "indicator":
                    known = settings["indicators"].index(candidate.name) if candidate.name in settings["indicators"] else 0
                    vector = [v + w for v, w in zip(vector, a["indicator.id"][known], strict=True)]
                scores.append(score + sum(max(v + w, 0.0) * o[0] for v, w, o in zip(vector, context, a[field + ".out"], strict=True)))
            out[field].append(scores)
    return out


@pytest.mark.parametrize("seed", [5, 6])
def test_the_scores_are_those_of_the_network_written_down_by_hand(seed: int, cases: list[Case]) -> None:
    arrays, names, settings = small(seed)
    scores = Network(arrays, names, settings).scores(cases)
    expected = by_hand(arrays, names, settings, cases)
    for field in FIELDS:
        for one, wanted in zip(scores[field], expected[field], strict=True):
            assert one == pytest.approx(wanted, abs=1e-9), field


def test_for_every_number_and_field_the_best_candidate_is_chosen(cases: list[Case]) -> None:
    network = Network(*small())
    scores, chosen = network.scores(cases), network.choose(cases)
    assert len(chosen) == len(cases) == 3
    assert all(chosen[i][field] == best(scores[field][i]) for i in range(3) for field in FIELDS)


def test_what_stands_above_and_below_a_number_bears_on_it(cases: list[Case]) -> None:
    network = Network(*small())
    whole, above, below = network.scores(cases), network.scores(cases[:2]), network.scores(cases[1:])
    assert any(above[field][0] != pytest.approx(whole[field][0]) for field in FIELDS)
    assert any(below[field][-1] != pytest.approx(whole[field][-1]) for field in FIELDS)


def test_a_network_is_written_and_read(tmp_path: Path, cases: list[Case]) -> None:
    arrays, names, settings = small()
    save(tmp_path / "x.npz", arrays, names, settings)
    read = read_network(tmp_path / "x.npz")
    assert read.scores(cases) == Network(arrays, names, settings).scores(cases)
    assert (read.calibration, read.groups, read.indicators) == (settings["confidence"], settings["groups"], {"": 0, "poverty_rate": 1})


@pytest.mark.parametrize("content", [b"", b"no weights", b"PK\x03\x04 no archive"])
def test_weights_that_cannot_be_read_are_named(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.npz").write_bytes(content)
    with pytest.raises(ExtractorError, match=r"^x\.npz: the weights of the binding step cannot be read: "):
        read_network(tmp_path / "x.npz")
    with pytest.raises(ExtractorError, match=r"none\.npz: "):
        read_network(tmp_path / "none.npz")


def test_the_shipped_weights_are_read_once() -> None:
    assert load_network() is load_network()
    assert read_network(MODEL).indicators == load_network().indicators


def test_a_model_takes_the_shipped_weights_unless_it_is_given_others() -> None:
    network = Network(*small())
    assert Model(network).network is network
    assert Model(network).calibration == {"slope": 1.0, "intercept": 0.0}
    assert Model().network is load_network()
    assert bind.model(None).network is load_network()


def test_groups_are_chosen_by_the_weights_of_groups(cases: list[Case]) -> None:
    pair = options(["yes"], [])
    at, probability = Model(Network(*small())).group("poor_households", pair, cases[0].spot)
    assert (at, round(probability, 9)) == (0, round(sigma(0.5), 9))


def test_an_indicator_that_the_network_does_not_know_is_taken_by_its_phrase(cases: list[Case]) -> None:
    network = Network(*small())
    chosen, plain = Model(network).choose(cases), network.choose(cases)
    at, probability = chosen[1]["indicator"]
    assert (cases[1].candidates["indicator"][at].value, probability) == ("escaped_poverty_households", PHRASE_AT_NUMBER)
    assert [c["indicator"] for c in (chosen[0], chosen[2])] == [c["indicator"] for c in (plain[0], plain[2])]
    assert all(chosen[i][field] == plain[i][field] for i in range(3) for field in FIELDS if field != "indicator")


def test_a_status_follows_from_the_nearest_cue_that_the_network_does_not_know() -> None:
    network = Network(*small())
    found = cases_of(draft("Tỉnh đã có 5 xã, phấn đấu 7 xã; 9 xã.", "officials"))
    chosen, plain = Model(network).choose(found), network.choose(found)
    at, probability = chosen[1]["status"]
    assert [c["status"] for c in (chosen[0], chosen[2])] == [c["status"] for c in (plain[0], plain[2])]
    assert (found[1].candidates["status"][at].value, probability) == ("target", PHRASE_AT_NUMBER)
