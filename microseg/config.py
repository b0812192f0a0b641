"""Settings: microseg.yaml, read with positions; its own mistakes are findings like any other."""

from __future__ import annotations

from microseg.model.data_settings import DataSettings
from microseg.model.fields import AnyKind, ChoiceKind, CriteriaKind, DurationKind, ListKind, MapKind, NumberKind, RecordKind, TextKind, key
from microseg.model.metric import Metric
from microseg.model.places import NOWHERE, At, Named
from microseg.record import aside, record
from microseg.resources import SETTINGS_FILE

FILE_NAME = SETTINGS_FILE
SEVERITIES = ("error", "warning", "info")


@record
class Product:
    """What is sold, so that a text can be judged in its category."""

    name: str | None = key(TextKind(), "The product's name; used in briefs, and never a word that makes a need specific.", tier="seven")
    category: str | None = key(TextKind(), "What sort of product it is.", tier="seven")
    business_model: str | None = key(ChoiceKind(("b2b", "b2c", "b2b2c", "internal"), ("firms pay", "people pay", "firms pay for the people they serve", "your own company")), "Who pays: firms, people, both, or your own company.")
    version: str | None = key(TextKind(), "The current version, for `legacy`; left out, the newest that anyone joined with.", tier="advanced")
    monetisation: str | None = key(ChoiceKind(("freemium", "free_trial", "paid_only", "none"), ("free for good, with less in it", "free for a while", "nobody uses it for nothing", "nobody pays")), "How free turns into paid.")
    at: At = aside(NOWHERE)


@record
class Defaults:
    """What holds for every segment that does not say otherwise."""

    status: str | None = key(ChoiceKind(("draft", "active", "retired")), "Status of a segment without one; left out: draft.")
    unit: str | None = key(ChoiceKind(("account", "user")), "What one member is; left out: account for b2b, else user.")
    owner: str | None = key(TextKind(), "The team that answers for a segment without an owner.")
    at: At = aside(NOWHERE)


@record
class PathRules:
    """Rules for the files that a pattern names."""

    ignore: tuple[str, ...] = key(ListKind(TextKind()), "Rules that keep quiet there.")
    at: At = aside(NOWHERE)


@record
class LintSettings:
    """How strict the linter is."""

    ignore: tuple[str, ...] = key(ListKind(TextKind()), "Rules that keep quiet: codes, names, or a family such as MS5.")
    severity: tuple[Named, ...] = key(MapKind(ChoiceKind(SEVERITIES)), "A rule's severity here.")
    per_path: tuple[Named, ...] = key(MapKind(RecordKind(PathRules)), "Rules for some files: a pattern, and what it ignores.")
    stale_after: str | None = key(DurationKind(), "After which time evidence and reviews are stale; left out: 180d.")
    max_focus: int | None = key(NumberKind(low=1, whole=True), "How many segments of a tree may have `focus: now`; left out: 5.")
    at: At = aside(NOWHERE)


@record
class Wording:
    """Words of this workspace that the judge should know."""

    accept: tuple[str, ...] = key(ListKind(TextKind()), "Phrases that are a need here, whatever the judge says.")
    expected: tuple[str, ...] = key(ListKind(TextKind()), "Words that every product of the category promises.")
    at: At = aside(NOWHERE)


@record
class BriefSettings:
    """Where briefs go, and in which formats."""

    out: str | None = key(TextKind(), "The output folder; left out: briefs.")
    formats: tuple[str, ...] = key(ListKind(ChoiceKind(("md", "html"))), "Which formats `build` writes; left out: both.")
    at: At = aside(NOWHERE)


@record
class LimitSettings:
    """Lower bounds for what is read; they may only be lowered."""

    file_bytes: int | None = key(NumberKind(low=1, high=8_388_608, whole=True), "The largest file, in bytes; left out: 8388608, which is 8 MiB.", tier="advanced")
    depth: int | None = key(NumberKind(low=4, high=64, whole=True), "The deepest nesting.", tier="advanced")
    nodes: int | None = key(NumberKind(low=1, high=200_000, whole=True), "The most values in a file.", tier="advanced")
    files: int | None = key(NumberKind(low=1, high=100_000, whole=True), "The most files.", tier="advanced")
    at: At = aside(NOWHERE)


@record
class Config:
    """The settings of a workspace."""

    version: int | None = key(NumberKind(low=1, high=1, whole=True), "The version of this format: 1.")
    product: Product | None = key(RecordKind(Product), "What is sold.", tier="seven")
    defaults: Defaults | None = key(RecordKind(Defaults), "What holds for every segment.")
    minimum_expected: tuple[str, ...] = key(ListKind(TextKind(judged=True)), "What every product of the category has.")
    definitions: tuple[Named, ...] = key(MapKind(CriteriaKind(), slugs=True), "Named criteria, such as power-user.", tier="advanced")
    dimensions: object = key(AnyKind(), "Dimensions of your own: names with their type, category, of and values.", tier="advanced")
    metrics: tuple[Named, ...] = key(MapKind(RecordKind(Metric), slugs=True), "Metrics that segments refer to.", tier="advanced")
    lint: LintSettings | None = key(RecordKind(LintSettings), "How strict the linter is.")
    wording: Wording | None = key(RecordKind(Wording), "Words that the judge should know.")
    data: DataSettings | None = key(RecordKind(DataSettings), "Where the data lies.", tier="advanced")
    briefs: BriefSettings | None = key(RecordKind(BriefSettings), "Where briefs go.")
    limits: LimitSettings | None = key(RecordKind(LimitSettings), "Bounds of what is read.", tier="advanced")
    at: At = aside(NOWHERE)

    @property
    def unit(self) -> str:
        """What one member of a segment is, where no segment says so."""
        if self.defaults is not None and self.defaults.unit:
            return self.defaults.unit
        return "account" if self.product is not None and self.product.business_model == "b2b" else "user"

    @property
    def status(self) -> str:
        """The status of a segment that has none."""
        return (self.defaults.status if self.defaults else None) or "draft"

    @property
    def owner(self) -> str | None:
        """The owner of a segment that has none, here or above."""
        return self.defaults.owner if self.defaults else None
