/** The job that looks whether a cause of complaints rises; its subject is the tenant. */
export const CAUSE_LOOK = "look at complaint causes";
