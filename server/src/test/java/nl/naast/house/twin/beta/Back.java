package nl.naast.house.twin.beta;

/** The other half of the cycle. */
public interface Back {
    Class<?> HOME = nl.naast.house.twin.alpha.Home.class;
}
