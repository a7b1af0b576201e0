// Nobody should take the made-up company for their own book, nor wonder how to be rid of it.
import { customerListImports } from "@guanxi/client/gen/guanxi";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Alert, Typography } from "antd";
import { allOf } from "../api/pages.ts";
import { useMay } from "../api/session.ts";
import { useHome } from "./words.ts";

/** As `npx guanxi seed` names what it brings in. */
const MADE_UP = "guanxi_made_up";

export function MadeUp() {
  const say = useHome();
  const may = useMay();
  const { data: there } = useQuery({
    queryKey: ["imports", "made up"],
    enabled: may("customer_import", "read"),
    queryFn: async ({ signal }) => {
      const imports = await allOf(
        (asked) => customerListImports(asked, { signal }),
        (page) => page.imports,
      );
      return imports.some(({ sourceSystem, state }) => sourceSystem === MADE_UP && state !== "STATE_UNDONE");
    },
  });
  if (!there) return null;
  return (
    <Alert
      type="info"
      showIcon
      title={
        <>
          {say("madeUp")} <Typography.Text code>npx guanxi seed --remove</Typography.Text>{" "}
          <Link to="/imports">{say("ownFiles")}</Link>
        </>
      }
    />
  );
}
