from dialoogfiches.urls import bevragingen, gesprekken, lezen, oudergesprekken, toolbox

urlpatterns = [
    *toolbox.urlpatterns,
    *lezen.urlpatterns,
    *gesprekken.urlpatterns,
    *bevragingen.urlpatterns,
    *oudergesprekken.urlpatterns,
]
