import { texts } from "../text/texts.ts";

export const useWords = texts(
  "reference",
  {
    title: "API 参考",
    note: "由服务的接口定义生成，与运行中的系统一致。",
    session: "这里发出的请求使用您当前的登录身份，无需填写令牌，也会真实生效。",
    elsewhere: "在其他程序里，用 npx guanxi token 取得令牌，放进请求头 authorization: Bearer …。",
  },
  {
    title: "API reference",
    note: "Made from the services' own contracts: what stands here is what runs.",
    session:
      "Calls from this page go with your session, so no token has to be filled in, and they really happen.",
    elsewhere: "Elsewhere, npx guanxi token gives a token for the header authorization: Bearer ….",
  },
);
