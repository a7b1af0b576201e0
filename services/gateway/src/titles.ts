/** One title for each HTTP status; what happened in detail is the service's to say. */
const TITLES: Record<number, { en: string; zh: string }> = {
  400: { en: "The request is not valid", zh: "请求无效" },
  401: { en: "Please sign in", zh: "请先登录" },
  403: { en: "Not allowed", zh: "没有权限" },
  404: { en: "Not found", zh: "未找到" },
  405: { en: "Not possible with this method", zh: "不支持此方法" },
  409: { en: "Not possible in the present state", zh: "当前状态下无法执行" },
  412: { en: "Changed by somebody else meanwhile", zh: "数据已被他人修改" },
  413: { en: "Too large", zh: "请求内容过大" },
  415: { en: "Wrong kind of content", zh: "不支持的内容类型" },
  422: { en: "Request id used for another request", zh: "请求编号已用于其他请求" },
  428: { en: "The version that you saw is needed", zh: "需要提供数据版本" },
  429: { en: "Too many requests", zh: "请求过于频繁" },
  499: { en: "The caller left", zh: "请求已取消" },
  501: { en: "Not available", zh: "暂不支持" },
  503: { en: "Not available at the moment", zh: "服务暂时不可用" },
  504: { en: "Took too long", zh: "处理超时" },
};
const UNKNOWN = { en: "Something went wrong", zh: "系统错误" };

export function titleOf(http: number, language: string): string {
  const title = TITLES[http] ?? UNKNOWN;
  return language === "en" ? title.en : title.zh;
}
