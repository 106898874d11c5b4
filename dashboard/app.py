"""Page config, the list of pages, and the one that is shown."""

# A worker process may import this file again, under another name.
if __name__ == "__main__":
    import streamlit as st

    from bakeoff.dashboard.language import t
    from bakeoff.dashboard.views.compare import page as compare
    from bakeoff.dashboard.views.curves import page as curves
    from bakeoff.dashboard.views.data import page as data
    from bakeoff.dashboard.views.ensembles import page as ensembles
    from bakeoff.dashboard.views.runs import page as runs
    from bakeoff.dashboard.views.search import page as search
    from bakeoff.dashboard.views.shared import frame, settings

    st.set_page_config(page_title="bakeoff", page_icon="🥐", layout="wide")
    frame.choose_language()
    # To add a page, write views/<page>/page.py with a show(), and its line here.
    pages = [
        st.Page(data.show, title=t("Data"), url_path="data"),
        st.Page(compare.show, title=t("Compare"), default=True),
        st.Page(curves.show, title=t("Learning curves"), url_path="curves"),
        st.Page(ensembles.show, title=t("Bagging vs boosting"), url_path="ensembles"),
        st.Page(search.show, title=t("Grid search"), url_path="search"),
        st.Page(runs.show, title=t("Runs"), url_path="runs"),
    ]
    page = st.navigation(pages, position="top")
    settings.turn_to(page.url_path)
    frame.top()
    page.run()
