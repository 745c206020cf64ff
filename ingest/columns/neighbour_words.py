"""Words by which the columns of a table, and what its titles and cells say, settle one another: `neighbour_words.csv`.

The rules that ask for them are code (`headers`, `money_in_context`, `parties_in_context`, `facts_in_context`,
`trip_neighbours`, `item_columns`, `plan_and_fact_lines`); what counties write there is data.
"""

from __future__ import annotations

import re
from functools import cache

from ingest.fields import WORDING
from ingest.wording_file import WordingError, read_rows
from ingest.wording_registry import expand

_FILE = "neighbour_words.csv"
_MATCHES = {"exact": "^(?:{})$", "prefix": "^(?:{})", "suffix": "(?:{})$", "contains": "(?:{})"}
WORDS = frozenset(
    {
        # lists of projects
        "this_report", "last_report", "this_month_alone", "names_agreement", "last_month_alone", "funds_title", "no_funds_title", "names_with_contents",
        "company", "company_cell", "attraction_title", "done", "all_done", "rate", "planned_whole", "early_title", "first_phase",
        "answering_office", "leaders_office", "attracting_office", "office_cell", "contact", "their_contact", "mere_class", "place", "abroad_cell",
        "elsewhere_cell", "agreement_day", "month_so_far", "part_of_month", "attracted_funds", "not_yet", "former_plan", "who_attracted",
        "paperwork", "our_business", "no_name", "asks_whether", "board", "place_cell", "month_of_row", "year_of_row",
        "bare_month_of_row", "investment_title", "other_money_title",
        "beside_works", "attracted_projects", "tells_story", "former", "our_trip", "paper",
        "bare_amount", "lists_of_projects", "tentative", "to_be_founded", "stated_whole", "manner_of_signing",
        "works_name", "attracted", "names_projects", "numbers_rows", "given_up_title", "company_group", "bare_name", "above_county", "done_so_far",
        # columns of projects that stand beside one another
        "agreed", "attracts", "attracted_company", "part_of_province", "past_years", "accumulated", "companys_place", "spent",
        "their_sides_contact", "post_header", "outside", "of_which", "only_done", "sum_of_months", "says_time", "is_office", "sets_out",
        "leads_county", "leads_chain", "leads_squad", "leads_bureau", "list_of_problems", "list_of_measures", "list_of_limits", "list_of_others",
        "dollars_arrived", "month_invested", "part_invested", "persons_name", "home_money", "looked_after", "names_a_list", "project_frame",
        "ours_titled", "comers_titled", "mere_partner", "meant_project", "land_user", "office_in_touch", "attracted_part", "contract_whole",
        "amount_of_contract", "signed_title", "increment", "increment_title", "spent_on_assets", "meant_investment", "intent", "to_be_known",
        "lasts", "bare_end_time", "bare_origin", "registration_day", "year_invested", "share_of_years_plan",
        "year_of_signing", "founded", "scale", "scale_cell",
        "year_of_landing", "filing_number", "town_or_park", "town_cell", "start_and_completion", "recognised", "as_claimed",
        "thin_title", "no_thin_title", "name_alone", "any_name", "thin_project", "thin_company", "thin_investor", "thin_money", "thin_works", "lists_company",
        "public_work", "public_matter", "public_body", "public_owner",
        "private_house", "public_house", "builder_hired", "put_to_use", "factory_named", "makes_goods", "office_contract", "list_of_contracts",
        "whose_place", "of_portfolio", "as_filed", "actually", "before_change", "after_change", "frame_of_change",
        "event_alone", "talks_title", "share_done", "sets_targets", "part_of_funds",
        "register_state", "register_state_cell",
        "phase_of_row", "gained_in_month", "wish", "parted_by",
        # trips and receptions
        "bare_position", "position", "received_by", "guest_named", "went_on", "outcome", "reception", "journey",
        "host", "guests_leader", "leads", "follows",
        "their_group", "whom", "met_or_sent", "hosts", "signed_projects", "name_and_position", "names_first", "lone_company", "visit", "squad",
        "company_first", "met_party", "of_filing", "kind_of_owner", "whole_year", "label_of_form", "goes_along", "visitor",
        # problems, steps, promises
        "voiced", "matter_ending", "step_ending", "subject_ending", "asks", "project_ending", "policy_named", "concerned_office", "paid_alone",
        "promise_day", "state_cell", "state_header", "day_begun", "day_due", "day_done", "owed_bare", "paid_bare",
        "paid_amount", "asked_amount", "asked_only",
        "names_steps", "hands_out", "takes_up", "bare_end", "office_or_company", "their_promise", "our_promise", "bare_class", "hindrance", "unit_alone",
        # summaries
        "comparison_alone", "criterion", "full_marks", "assessor", "task_frame", "squad_as_region", "counts_no_projects", "names_indicators", "task_of_houses",
        # records of two lines
        "planned_line", "actual_line", "needs_more", "same_project", "says_nothing", "mere_party", "led_group", "official_zone",
        # headings that say who answers
        "chief", "takes_on", "surname",
        # offices and persons in one cell
        "double_surname", "post", "whole_post", "telephone", "bare_office",
    }
)  # fmt: skip
"""The sets of words that rules ask for."""


def says(words: str, text: str) -> bool:
    """Whether a text says any wording of a set, where the file says that it must stand.

    Raises:
        WordingError: as `neighbour_words`.
    """
    return neighbour_words(words).search(text) is not None


@cache
def neighbour_words(words: str) -> re.Pattern[str]:
    """A pattern whose `search` finds any wording of a set, where the file says that it must stand.

    Raises:
        WordingError: a row of the file is wrong, or a set has no row.
    """
    return re.compile(_sources()[words])


@cache
def _sources() -> dict[str, str]:
    found: dict[str, list[str]] = {}
    columns = ("words", "match", "pattern", "not_beside", "note")
    for row in read_rows(WORDING / _FILE, columns, frozenset({"not_beside", "note"})):
        words, frame = row.one_of("words", WORDS), _MATCHES[row.one_of("match", _MATCHES)]
        wordings = "|".join(map(re.escape, expand(row, "pattern")))
        others = [re.escape(other) for other in row["not_beside"].split("|") if other]
        before, behind = "".join(f"(?<!{other})" for other in others), "".join(f"(?!{other})" for other in others)
        found.setdefault(words, []).append(frame.format(f"{before}(?:{wordings}){behind}"))
    if missing := WORDS - found.keys():
        named = " ".join(sorted(missing))
        raise WordingError(_FILE, 1, f"没有写出这些词：{named}", f"no row for {named}")
    return {words: "|".join(parts) for words, parts in found.items()}
