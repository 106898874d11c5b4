"""What several pages say."""

TEXTS = {
    "{n} of {total} fits": "학습 {total}회 중 {n}회",
}
