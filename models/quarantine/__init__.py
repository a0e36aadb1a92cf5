"""Operations that were refused or need attention, until a person decides about them."""
