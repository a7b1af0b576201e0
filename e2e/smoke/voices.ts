// What people say: 14,640 mentions of airlines, 10,003 questions to a bank, and 1,811 who answered ten questions about a
// directory, as their own files have it.
import {
  activateSurvey,
  createSurvey,
  type FigureGroup,
  type Import,
  queryInteractionFigures,
  querySatisfactionFigures,
  type SurveyInput,
} from "@guanxi/client/gen/guanxi";
import { importFile, type Wish } from "@guanxi/cli/importing";
import { AIRLINE_TWEETS, BANKING_QUESTIONS } from "../imports/interaction-mappings.ts";
import { YELLOW_PAGES, YELLOW_PAGES_SURVEY } from "../imports/survey-mappings.ts";
import { dataBlob } from "./data.ts";
import type { Figures } from "./figures.ts";
import { countsOf, countsText, latest } from "./maven.ts";
import { knowing } from "./wait.ts";

export async function voices(figures: Figures): Promise<void> {
  const mentions = await take(AIRLINE_TWEETS);
  figures.exact("voices: mentions", countsText(14_640, 14_640), countsOf(mentions));
  const questions = await take(BANKING_QUESTIONS);
  figures.exact("voices: questions", countsText(10_003, 10_003), countsOf(questions));
  const answers = await takeAnswers();
  figures.exact("voices: people who answered", countsText(1811, 1811), countsOf(answers));
  const { groups } = await knowing(latest(mentions, questions, answers), () => queryInteractionFigures());
  figures.exact("voices: contacts that are known", 24_643, valueOf(groups[0], "contacts"));
  await ofAnswers(figures);
}

const valueOf = (group: FigureGroup | undefined, name: string) =>
  group?.figures.find(({ figure }) => figure === name)?.value ?? "none";

const take = async ({
  path,
  sent,
}: {
  readonly path: string;
  readonly sent: Omit<Wish, "file">;
}): Promise<Import> => importFile({ ...sent, file: await dataBlob(path) });

async function takeAnswers(): Promise<Import> {
  const { surveyId } = await createSurvey(YELLOW_PAGES_SURVEY as SurveyInput);
  await activateSurvey(surveyId, {});
  return take(YELLOW_PAGES);
}

async function ofAnswers(figures: Figures): Promise<void> {
  const { groups } = await querySatisfactionFigures({ groupBy: ["FIGURE_DIMENSION_QUESTION"] });
  const first = groups.find(({ values }) => values[0] === "q1");
  const shown = (name: string, digits: number) => Number(valueOf(first, name)).toFixed(digits);
  figures.exact("voices: answers to the first question", 1811, valueOf(first, "answers"));
  figures.exact("voices: mean of the first question", "6.066", shown("mean_score", 3));
  figures.exact("voices: promoters less detractors", "-35.67", shown("net_promoter_score", 2));
}
