"""The weights of `project_evidence.csv` on the tables they were fitted to, which were written blind in several rounds."""

from __future__ import annotations

from pathlib import Path

import pytest
from evidence_fitting import Shown, corpus

from ingest import wording_registry
from ingest.kinds.project_evidence import shows_another_matter
from ingest.wording_file import WordingError

MOST = 0.1


def is_told(one: Shown) -> bool:
    return shows_another_matter(one.told, has_a_sign=one.has_a_sign)


def test_no_list_of_projects_is_told_as_another_matter() -> None:
    lost = [one.told.texts for one in corpus() if one.is_ours and one.is_asked and is_told(one)]
    assert not lost


def test_most_other_matters_are_told() -> None:
    others = [one for one in corpus() if not one.is_ours and one.is_asked]
    taken = [one.told.texts for one in others if not is_told(one)]
    assert len(taken) <= MOST * len(others), taken


@pytest.mark.parametrize("row", ["name,much,改造", "nowhere,1,改造", "field,1,no_field", "name,1,改造|改造"])
def test_a_weight_that_cannot_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, row: str) -> None:
    (tmp_path / "project_evidence.csv").write_text(f"where,weight,words\n{row}\n", encoding="utf-8")
    monkeypatch.setattr(wording_registry, "WORDING", tmp_path)
    with pytest.raises(WordingError):
        wording_registry.evidence_weights.__wrapped__()
