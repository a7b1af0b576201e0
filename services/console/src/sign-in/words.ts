import { texts } from "../text/texts.ts";

export const useWords = texts(
  "sign-in",
  {
    title: "登录",
    demo: "演示公司里有四位同事，选一位开始。",
    nobody: "这里还没有接入贵公司的登录方式",
    nobodyHint: "演示登录没有开启；企业身份源的登录将在本页提供。在此之前，可以用命令行和 API 访问。",
  },
  {
    title: "Sign in",
    demo: "Four people work in the demo company. Choose one to start.",
    nobody: "Your company's sign-in is not connected yet",
    nobodyHint:
      "Signing in as a demo person is switched off here, and the company's own issuer will come to this page. Until then the command line and the API are the way in.",
  },
);
