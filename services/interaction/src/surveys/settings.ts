import { about, url } from "@guanxi/kit/env";
import { refuse } from "@guanxi/kit/refuse";

export const surveySettings = {
  surveyUrl: about(
    "Where customers answer surveys, from outside: the link of a mail is this address and the invitation's token. Without it no survey is activated.",
    url("https", "http").optional().describe("an address that begins with https:// or http://"),
  ),
};

/** Settings of a job are those of the service, whose shape the bus does not know. */
export const surveyUrlOf = (settings: object): string | undefined =>
  (settings as { readonly surveyUrl?: string }).surveyUrl;

/** A link to a machine of ours would be sent to customers who cannot follow it. */
export function requireSurveyUrl(surveyUrl: string | undefined): string {
  if (surveyUrl) return surveyUrl;
  throw refuse(
    "precondition",
    "SURVEY_URL_MISSING",
    "This installation does not know where customers answer: set SURVEY_URL.",
  );
}
