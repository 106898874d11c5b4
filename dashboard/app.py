"""Page config, the list of pages, and the one that is shown."""

# A run is a spawned process, and spawning imports this file again, under another name.
if __name__ == "__main__":
    import streamlit as st

    from bakeoff.dashboard.views import compare, runs

    st.set_page_config(page_title="bakeoff", page_icon="🥐", layout="wide")
    # To add a page, write views/<page>.py with a show(), and its line here.
    pages = [
        st.Page(compare.show, title="Compare"),
        st.Page(runs.show, title="Runs", url_path="runs"),
    ]
    st.navigation(pages, position="top").run()
