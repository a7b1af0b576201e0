import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { createRoot } from "react-dom/client";
import { queries } from "./api/api.ts";
import { router } from "./routes.tsx";
import { Look } from "./shell/look.tsx";
import "./ui/base.css";

createRoot(document.getElementById("root")!).render(
  <QueryClientProvider client={queries}>
    <Look>
      <RouterProvider router={router} />
    </Look>
  </QueryClientProvider>,
);
