from dialoogfiches.urls import (
    bevragingen,
    gesprekken,
    lezen,
    oudergesprekken,
    toolbox,
    versies,
)

urlpatterns = [
    *toolbox.urlpatterns,
    *lezen.urlpatterns,
    # Before the steps of a talk, which take any word there.
    *versies.urlpatterns,
    *gesprekken.urlpatterns,
    *bevragingen.urlpatterns,
    *oudergesprekken.urlpatterns,
]
