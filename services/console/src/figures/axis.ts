/** A share from none to all. */
export const FROM_0_TO_1 = { min: 0, max: 1, interval: 0.25 };
