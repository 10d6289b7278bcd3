"""What somebody agreed to, over all her schools."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from dossiers.mensen.requests import UserRequest
from preventieplan.bestuur.queries.kaarten import answers_for
from start.taken.queries import task_groups, tasks_of


@require_safe
def taken(request: UserRequest) -> HttpResponse:
    groepen = task_groups(tasks_of(request.user, today=timezone.localdate()))
    context = {"groepen": groepen, "bestuur": answers_for(request.user)}
    return render(request, "taken/taken.html", context)
