"""Models that are drawn sparingly are what Django draws from the same state at once."""

from django.db import models
from django.db.migrations import operations
from django.db.migrations.state import ModelState, ProjectState

from kavalan.casework.migrating import drawn_sparingly

ID = ("id", models.BigAutoField(primary_key=True))
OLDER = models.CheckConstraint(condition=models.Q(length__gt=3), name="boat_length")
STEPS = [
    operations.CreateModel("Harbour", [ID, ("name", models.CharField(max_length=9))]),
    operations.CreateModel(
        "Boat",
        [
            ID,
            ("length", models.IntegerField()),
            ("home", models.ForeignKey("sea.Harbour", models.PROTECT, related_name="boats")),
            ("called_at", models.ManyToManyField("sea.Harbour", related_name="callers")),
        ],
    ),
    operations.AddConstraint("boat", OLDER),
    operations.AddConstraint("boat", models.UniqueConstraint(fields=["length"], name="boat_once")),
    operations.AddIndex("boat", models.Index(fields=["home", "length"], name="boat_by_home")),
    # Django draws these itself.
    operations.AddField("harbour", "largest", models.ForeignKey("sea.Boat", models.PROTECT, null=True)),
    operations.CreateModel("Net", [ID, ("boat", models.OneToOneField("sea.Boat", models.PROTECT))]),
    operations.AddConstraint("net", models.UniqueConstraint(fields=["boat"], name="net_once")),
]


def seen(apps):
    """What an operation may ask of each model: its fields, what points at it, its indexes and constraints.

    What points at it comes in the order in which models were drawn, and Django draws related ones out of a set.
    """
    return {
        model.__name__: (
            sorted(
                (type(field).__name__, field.name, field.related_model.__name__ if field.is_relation else "")
                for field in model._meta.get_fields(include_hidden=True)
            ),
            [field.name for field in model._meta.local_fields],
            [index.name for index in model._meta.indexes],
            [constraint.name for constraint in model._meta.constraints],
            [constraint.name for constraint in model._meta.total_unique_constraints],
        )
        for model in apps.get_models(include_auto_created=True)
    }


def test_each_step_leaves_the_models_that_django_draws_from_the_same_state():
    state, wrong = ProjectState(), []
    with drawn_sparingly():
        assert seen(state.apps) == {}
        for step in STEPS:
            step.state_forwards("sea", state)
            if seen(state.apps) != seen(ProjectState({**state.models}).apps):
                wrong.append(step)
    assert wrong == []


def test_a_state_before_a_new_model_does_not_know_it():
    state = ProjectState()
    with drawn_sparingly():
        state.add_model(ModelState("sea", "Harbour", [ID]))
        assert state.apps
        before = state.clone()
        state.add_model(ModelState("sea", "Boat", [ID]))
    assert (len(list(before.apps.get_models())), len(list(state.apps.get_models()))) == (1, 2)


def test_afterwards_django_draws_as_it_does():
    usual = [getattr(ProjectState, name) for name in ("add_model", "add_index", "add_constraint")]
    with drawn_sparingly():
        pass
    assert [getattr(ProjectState, name) for name in ("add_model", "add_index", "add_constraint")] == usual
