// Parts that made-up names are put together from. Nobody is meant; whoever is called so is called so by chance.

export const surnames = [..."王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"];
export const givenNames = [..."伟芳娜敏静丽强磊洋艳勇杰娟涛超霞平刚玲桂晨宇佳琪欣怡浩然子轩梦雨婷"];
export const englishGivenNames =
  "Alice Ben Carla Daniel Emma Felix Grace Henry Iris Jonas Karen Liam Mona Noah Olivia Peter Quinn Rosa Simon Tessa".split(
    " ",
  );
export const englishSurnames =
  "Archer Baker Carter Dalton Ellis Foster Grant Hayes Irving Jarvis Keller Lambert Mercer Norton Palmer Quigley Rhodes Sutton Turner Weaver".split(
    " ",
  );

export const chineseFirmNames =
  "云帆 远航 晨曦 恒达 瑞丰 启明 海川 鼎新 博雅 鸿运 天成 万象 星河 金桥 绿洲 蓝图 同心 百川 长青 和润".split(
    " ",
  );
export const chineseFirmKinds =
  "科技 贸易 机械 食品 电子 医疗器械 物流 纺织 建材 化工 教育咨询 环保设备".split(" ");
export const englishFirmNames =
  "Blue Harbor|North Ridge|Silver Oak|Bright Path|Green Valley|Stone Bridge|Clear Water|Red Maple|Iron Gate|Golden Field".split(
    "|",
  );
export const englishFirmKinds = "Trading Logistics Foods Textiles Instruments Plastics Media Robotics".split(
  " ",
);

/** City, region code, and what stands before a firm's name. */
export const places = [
  { city: "上海市", region: "CN", prefix: "上海" },
  { city: "杭州市", region: "CN", prefix: "杭州" },
  { city: "深圳市", region: "CN", prefix: "深圳" },
  { city: "成都市", region: "CN", prefix: "成都" },
  { city: "武汉市", region: "CN", prefix: "武汉" },
  { city: "青岛市", region: "CN", prefix: "青岛" },
];
export const englishPlaces = [
  { city: "London", region: "GB" },
  { city: "Seattle", region: "US" },
  { city: "Singapore", region: "SG" },
  { city: "Toronto", region: "CA" },
];

export const industries = "制造业 零售 物流 医疗 教育 信息技术 食品 建筑".split(" ");
export const jobTitles = "采购经理 总经理 技术总监 财务主管 运营经理 行政助理".split(" ");
export const sources = "web_site call trade_show referral partner wechat advertisement".split(" ");

/** Code, name, family, price and cost in yuan. */
export const products = [
  ["P-100", "入门版 Starter", "软件 Software", 1200, 300],
  ["P-200", "专业版 Professional", "软件 Software", 4800, 900],
  ["P-300", "企业版 Enterprise", "软件 Software", 18_000, 2600],
  ["P-410", "现场培训 On-site training", "服务 Services", 3600, 2100],
  ["P-420", "实施服务 Implementation", "服务 Services", 9800, 6400],
  ["P-430", "年度维护 Annual care", "服务 Services", 2400, 800],
  ["H-510", "扫码枪 Scanner", "硬件 Hardware", 680, 455],
  ["H-520", "标签打印机 Label printer", "硬件 Hardware", 1499, 1010],
  ["H-530", "平板终端 Tablet", "硬件 Hardware", 2599, 1980],
  ["H-540", "工控机 Industrial PC", "硬件 Hardware", 6899, 5200],
  ["C-610", "标签纸 Labels", "耗材 Supplies", 45.5, 22],
  ["C-620", "碳带 Ribbon", "耗材 Supplies", 38.9, 17.5],
] as const;

export const owners = ["林晓", "王磊", "赵敏", "陈静"];

/** Those of the default pipeline, with the share that goes on from each and the days that it takes. */
export const stages = [
  { id: "prospecting", name: "Prospecting", goesOn: 0.8, days: 6 },
  { id: "qualification", name: "Qualification", goesOn: 0.75, days: 9 },
  { id: "needs_analysis", name: "Needs Analysis", goesOn: 0.8, days: 12 },
  { id: "proposal", name: "Proposal", goesOn: 0.6, days: 21 },
  { id: "negotiation", name: "Negotiation", goesOn: 0.75, days: 14 },
] as const;
export const lostReasons = "pricing competition budget timing no_need unresponsive".split(" ");
