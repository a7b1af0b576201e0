declare module "swagger-ui-dist/swagger-ui-es-bundle.js" {
  const show: (options: object) => unknown;
  export default show;
}
