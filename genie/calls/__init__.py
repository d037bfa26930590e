"""Operations of several HTTP calls each."""
