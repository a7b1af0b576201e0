// What a person may read: told to the customer service, whose conditions reach into all areas.
import { accessOf, loadContract } from "@guanxi/kit/contract";
import type { FileCall } from "@guanxi/kit/handler";
import type { Right } from "@guanxi/kit/rights";

/** Of all areas, as the contract names them: a condition may name something new without this service having to know. */
const readings = (() => {
  let made: Right[] | undefined;
  return () => (made ??= resources().flatMap((resource) => ACTIONS.map((action) => ({ resource, action }))));
})();

const ACTIONS = ["read", "read_personal"];

function resources(): string[] {
  const contract = loadContract();
  const services = [...contract].filter((each) => each.kind === "service");
  const methods = services.flatMap((service) => service.methods).filter((method) => isOurs(method.parent));
  return [...new Set(methods.map((method) => accessOf(contract, method).resource))];
}

const isOurs = ({ typeName }: { readonly typeName: string }) => typeName.startsWith("guanxi.");

export const grantedTo = ({ query }: Pick<FileCall, "query">): Promise<string[]> =>
  query(async (at) => {
    await at.ask({ name: "nothing", text: "select" }); // rights are known behind the first answer
    const granted = readings().filter(({ resource, action }) => at.may(resource, action));
    return granted.map(({ resource, action }) => `${resource}:${action}`);
  });
