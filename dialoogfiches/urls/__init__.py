from dialoogfiches.urls import bevragingen, gesprekken, oudergesprekken, toolbox

urlpatterns = [
    *toolbox.urlpatterns,
    *gesprekken.urlpatterns,
    *bevragingen.urlpatterns,
    *oudergesprekken.urlpatterns,
]
