// A request in each form in which AWS Lambda is given it.

const parts = ({ path }) => path.split(/\?(.*)/);

function many(pairs) {
  const lists = {};
  for (const [name, value] of pairs) (lists[name] ??= []).push(value);
  return lists;
}

function body({ body }, isBase64Encoded = false) {
  return { body: body.toString(isBase64Encoded ? "base64" : "utf8"), isBase64Encoded };
}

// API Gateway, an HTTP API: names in lower case, repeats joined, the query as it came.
export function v2(sent, isBase64) {
  const [path, query = ""] = parts(sent);
  const joined = Object.entries(many(sent.headers));
  return {
    version: "2.0",
    routeKey: "$default",
    rawPath: path,
    rawQueryString: query,
    cookies: ["a=1", "b=2"],
    headers: Object.fromEntries(joined.map(([name, of]) => [name.toLowerCase(), of.join(",")])),
    requestContext: {
      domainName: "abc.execute-api.eu-central-1.amazonaws.com",
      http: { method: sent.method, path, sourceIp: "192.0.2.7" },
      stage: "$default",
    },
    ...body(sent, isBase64),
  };
}

export function functionUrl(sent, isBase64) {
  const event = v2(sent, isBase64);
  event.requestContext.domainName = "abc.lambda-url.eu-central-1.on.aws";
  return event;
}

// API Gateway, a REST API: every header and parameter twice over, the query decoded.
export function v1(sent, isBase64) {
  const [path, query = ""] = parts(sent);
  const parameters = [...new URLSearchParams(query)];
  return {
    resource: "/{proxy+}",
    path: "/without-the-stage",
    httpMethod: sent.method,
    headers: Object.fromEntries(sent.headers),
    multiValueHeaders: many(sent.headers),
    queryStringParameters: query === "" ? null : Object.fromEntries(parameters),
    multiValueQueryStringParameters: query === "" ? null : many(parameters),
    requestContext: { path, identity: { sourceIp: "192.0.2.7" } },
    ...body(sent, isBase64),
  };
}

// A load balancer: the query as it came, in parts; no address but in X-Forwarded-For.
export function alb(sent, isBase64) {
  const [path, query = ""] = parts(sent);
  const parameters = query.split("&").filter(Boolean);
  const headers = sent.headers.map(([name, value]) => [name.toLowerCase(), value]);
  return {
    requestContext: { elb: { targetGroupArn: "arn:aws:elasticloadbalancing:a" } },
    httpMethod: sent.method,
    path,
    queryStringParameters: Object.fromEntries(parameters.map((one) => one.split("="))),
    headers: { ...Object.fromEntries(headers), "x-forwarded-for": "192.0.2.7" },
    ...body(sent, isBase64),
  };
}

export function albMulti(sent, isBase64) {
  const { headers, queryStringParameters, ...event } = alb(sent, isBase64);
  const pairs = sent.headers.map(([name, value]) => [name.toLowerCase(), value]);
  return {
    ...event,
    multiValueHeaders: many([...pairs, ["x-forwarded-for", "192.0.2.7"]]),
    multiValueQueryStringParameters: many(Object.entries(queryStringParameters)),
  };
}

export const FORMS = [v1, v2, functionUrl, alb, albMulti];
