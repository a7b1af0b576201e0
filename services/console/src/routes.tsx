// Every address of the console. Surfaces are loaded when they are first gone to; what stands in an address behind the "?" is
// checked by the surface's own search.ts, so that a shared link shows the same to everybody who may see it.
import {
  type AnyRoute,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import { queries, whenEnded } from "./api/api.ts";
import { loadMe, sessionQuery } from "./api/session.ts";
import { campaignsSearch } from "./campaigns/search.ts";
import { rowsQuery } from "./customers/list/rows.ts";
import { portraitQuery } from "./customers/page/portrait-query.ts";
import { customerSearch } from "./customers/page/search.ts";
import { shownOf, timelineQuery } from "./customers/page/timeline-query.ts";
import { customersSearch } from "./customers/search.ts";
import { eventsSearch } from "./events/search.ts";
import { figuresSearch } from "./figures/search.ts";
import { inboxSearch } from "./inbox/search.ts";
import { leadsSearch, pipelineSearch } from "./pipeline/search.ts";
import { Broken, NotFound } from "./shell/broken.tsx";
import { Shell } from "./shell/shell.tsx";
import { ownAddress } from "./sign-in/own-address.ts";
import { SignIn } from "./sign-in/sign-in.tsx";

const root = createRootRoute({ component: Outlet, errorComponent: Broken, notFoundComponent: NotFound });

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: ({ to }: Record<string, unknown>) => (typeof to === "string" ? { to } : {}),
  beforeLoad: async ({ search: { to } }) => {
    // Where nobody can tell, the page itself says so.
    const session = await queries.fetchQuery(sessionQuery).catch(() => undefined);
    if (session?.signedIn) throw redirect({ href: ownAddress(to), replace: true });
  },
  component: SignIn,
});

const shell = createRoute({
  getParentRoute: () => root,
  id: "shell",
  beforeLoad: async ({ location, matches }) => {
    fetchCode(matches);
    const { signedIn } = await queries.fetchQuery(sessionQuery);
    if (!signedIn) throw redirect({ to: "/sign-in", search: { to: location.href } });
  },
  // Beside what the surface asks for.
  loader: loadMe,
  component: Shell,
});

/** Of a surface, before it is known who is signed in: the router itself asks for it only behind that. */
function fetchCode(matches: readonly { routeId: string }[]): void {
  const routes: Readonly<Record<string, AnyRoute>> = router.routesById;
  for (const { routeId } of matches) void router.loadRouteChunk(routes[routeId]!);
}

/** What a surface shows is asked for while its code is on its way. What goes wrong here, the surface meets again. */
const ahead = (asked: Promise<unknown>): void => void asked.catch(() => {});

/** What is there already the surface renews as it sees fit. */
const ONCE = { staleTime: "static" } as const;

const within = { getParentRoute: () => shell };

const surfaces = [
  createRoute({
    ...within,
    path: "/",
    component: lazyRouteComponent(() => import("./home/home.tsx"), "Home"),
  }),
  createRoute({
    ...within,
    path: "/customers",
    validateSearch: customersSearch,
    beforeLoad: ({ search }) => ahead(queries.infiniteQuery({ ...rowsQuery(search), ...ONCE })),
    component: lazyRouteComponent(() => import("./customers/list.tsx"), "Customers"),
  }),
  createRoute({
    ...within,
    path: "/customers/$customerId",
    validateSearch: customerSearch,
    beforeLoad: ({ params: { customerId }, search }) => {
      ahead(queries.query({ ...portraitQuery(customerId), ...ONCE }));
      ahead(queries.infiniteQuery({ ...timelineQuery(customerId, shownOf(search)), ...ONCE }));
    },
    component: lazyRouteComponent(() => import("./customers/customer.tsx"), "CustomerPage"),
  }),
  createRoute({
    ...within,
    path: "/duplicates",
    component: lazyRouteComponent(() => import("./customers/duplicates.tsx"), "Duplicates"),
  }),
  createRoute({
    ...within,
    path: "/pipeline",
    validateSearch: pipelineSearch,
    component: lazyRouteComponent(() => import("./pipeline/board.tsx"), "Pipeline"),
  }),
  createRoute({
    ...within,
    path: "/leads",
    validateSearch: leadsSearch,
    component: lazyRouteComponent(() => import("./pipeline/leads.tsx"), "Leads"),
  }),
  createRoute({
    ...within,
    path: "/inbox",
    validateSearch: inboxSearch,
    component: lazyRouteComponent(() => import("./inbox/inbox.tsx"), "Inbox"),
  }),
  createRoute({
    ...within,
    path: "/campaigns",
    validateSearch: campaignsSearch,
    component: lazyRouteComponent(() => import("./campaigns/campaigns.tsx"), "Campaigns"),
  }),
  createRoute({
    ...within,
    path: "/campaigns/$campaignId",
    component: lazyRouteComponent(() => import("./campaigns/campaign.tsx"), "CampaignPage"),
  }),
  createRoute({
    ...within,
    path: "/figures",
    validateSearch: figuresSearch,
    component: lazyRouteComponent(() => import("./figures/figures.tsx"), "Figures"),
  }),
  createRoute({
    ...within,
    path: "/imports",
    component: lazyRouteComponent(() => import("./imports/imports.tsx"), "Imports"),
  }),
  createRoute({
    ...within,
    path: "/imports/$area/$importId",
    component: lazyRouteComponent(() => import("./imports/import.tsx"), "ImportPage"),
  }),
  createRoute({
    ...within,
    path: "/events",
    validateSearch: eventsSearch,
    component: lazyRouteComponent(() => import("./events/events.tsx"), "Events"),
  }),
  createRoute({
    ...within,
    path: "/docs/api",
    component: lazyRouteComponent(() => import("./reference/reference.tsx"), "Reference"),
  }),
] as const;

export const router = createRouter({
  routeTree: root.addChildren([signIn, shell.addChildren(surfaces)]),
  defaultPreload: "intent",
  defaultErrorComponent: Broken,
  scrollRestoration: true,
});

// Many calls fail at once when a session has ended: one way out is enough. It leads back here afterwards.
let leaving: Promise<void> | undefined;
whenEnded(() => {
  if (leaving) return;
  queries.removeQueries({ queryKey: sessionQuery.queryKey });
  leaving = router.invalidate().finally(() => {
    leaving = undefined;
  });
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
