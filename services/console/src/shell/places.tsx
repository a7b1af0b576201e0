// Where one can go, and the right without which a place would be empty.
import {
  ApiOutlined,
  BarChartOutlined,
  CustomerServiceOutlined,
  FunnelPlotOutlined,
  HomeOutlined,
  MergeCellsOutlined,
  NotificationOutlined,
  ProjectOutlined,
  TeamOutlined,
  ThunderboltOutlined,
  UploadOutlined,
} from "@ant-design/icons";
import type { ReactNode } from "react";
import { useMay } from "../api/session.ts";

export interface Place {
  key:
    | "home"
    | "customers"
    | "duplicates"
    | "pipeline"
    | "leads"
    | "inbox"
    | "campaigns"
    | "figures"
    | "imports"
    | "events"
    | "reference";
  to: string;
  icon: ReactNode;
  /** resource:read */
  needs?: string;
  /** After g. */
  letter: string;
  /** Its name in pinyin, in initials and in English, for the palette. */
  latin: readonly string[];
}

const PLACES: readonly Place[] = [
  { key: "home", to: "/", icon: <HomeOutlined />, letter: "h", latin: ["jinri", "jr", "today"] },
  {
    key: "customers",
    to: "/customers",
    icon: <TeamOutlined />,
    needs: "customer",
    letter: "c",
    latin: ["kehu", "kh", "customers"],
  },
  {
    key: "pipeline",
    to: "/pipeline",
    icon: <ProjectOutlined />,
    needs: "opportunity",
    letter: "p",
    latin: ["shangji", "sj", "pipeline"],
  },
  {
    key: "leads",
    to: "/leads",
    icon: <FunnelPlotOutlined />,
    needs: "lead",
    letter: "l",
    latin: ["xiansuo", "xs", "leads"],
  },
  {
    key: "inbox",
    to: "/inbox",
    icon: <CustomerServiceOutlined />,
    needs: "case",
    letter: "i",
    latin: ["fuwu", "fw", "inbox"],
  },
  {
    key: "campaigns",
    to: "/campaigns",
    icon: <NotificationOutlined />,
    needs: "campaign",
    letter: "m",
    latin: ["yingxiao", "yx", "campaigns"],
  },
  {
    key: "figures",
    to: "/figures",
    icon: <BarChartOutlined />,
    needs: "sales_figure",
    letter: "f",
    latin: ["shuju", "sj", "figures"],
  },
  {
    key: "duplicates",
    to: "/duplicates",
    icon: <MergeCellsOutlined />,
    needs: "customer",
    letter: "d",
    latin: ["chongfu", "cf", "duplicates"],
  },
  {
    key: "imports",
    to: "/imports",
    icon: <UploadOutlined />,
    needs: "customer_import",
    letter: "u",
    latin: ["daoru", "dr", "import"],
  },
  {
    key: "events",
    to: "/events",
    icon: <ThunderboltOutlined />,
    letter: "e",
    latin: ["shijian", "sj", "events"],
  },
  { key: "reference", to: "/docs/api", icon: <ApiOutlined />, letter: "r", latin: ["api", "jiekou", "jk"] },
];

/** Where this person finds something. */
export function usePlaces(): readonly Place[] {
  const may = useMay();
  return PLACES.filter(({ needs }) => !needs || may(needs, "read"));
}
