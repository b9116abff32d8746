// Calls a made-up provider through the real instrumentation of OpenAI's client, on made-up days,
// and writes the spans as the SDK's own serializer does: one export a line.
"use strict";
const { appendFileSync } = require("node:fs");
const { createServer } = require("node:http");
const { metrics, trace } = require("@opentelemetry/api");
const { JsonTraceSerializer } = require("@opentelemetry/otlp-transformer");
const { NodeTracerProvider } = require("@opentelemetry/sdk-trace-node");
const { OpenAIInstrumentation } = require("@opentelemetry/instrumentation-openai");

const file = process.argv[2];
const held = [];
const provider = new NodeTracerProvider({
    spanProcessors: [{
        onStart() {},
        onEnd(span) { held.push(span); },
        forceFlush: async () => {},
        shutdown: async () => {},
    }],
});
provider.register();
const instrumentation = new OpenAIInstrumentation();
instrumentation.setTracerProvider(provider);
instrumentation.setMeterProvider(metrics.getMeterProvider());
const loaded = require("openai");

const answers = {
    chat: (model, number) => ({
        id: `chat-${number}`,
        object: "chat.completion",
        created: 1767225600,
        model: `${model}-2025-08-07`,
        choices: [{ index: 0, finish_reason: "stop", message: { role: "assistant", content: "Done." } }],
        usage: {
            prompt_tokens: 1000 + 10 * number,
            completion_tokens: 100 + number,
            total_tokens: 1100 + 11 * number,
            prompt_tokens_details: { cached_tokens: 512 },
        },
    }),
    embeddings: (model) => ({
        object: "list",
        model,
        data: [{ object: "embedding", index: 0, embedding: [0.5, 0.25] }],
        usage: { prompt_tokens: 7, total_tokens: 7 },
    }),
};
let asked = 0;
const server = createServer((request, response) => {
    let body = "";
    request.on("data", (part) => { body += part; });
    request.on("end", () => {
        const { model } = JSON.parse(body);
        asked += 1;
        response.setHeader("content-type", "application/json");
        if (model === "gone") {
            response.statusCode = 404;
            response.end(JSON.stringify({ error: { message: "no such model" } }));
            return;
        }
        const kind = request.url.includes("embeddings") ? "embeddings" : "chat";
        response.end(JSON.stringify(answers[kind](model, asked)));
    });
});

function flush() {
    const line = JsonTraceSerializer.serializeRequest(held.splice(0));
    appendFileSync(file, Buffer.from(line).toString("utf8") + "\n");
}

server.listen(0, "127.0.0.1", async () => {
    const { port } = server.address();
    const OpenAI = loaded.OpenAI;
    const client = new OpenAI({ apiKey: "none", baseURL: `http://127.0.0.1:${port}/v1`, maxRetries: 0 });
    const chat = (model) => client.chat.completions.create({
        model, messages: [{ role: "user", content: "Is it done?" }],
    });
    const tracer = trace.getTracer("made-up-agent");
    for (const model of ["gpt-5", "gpt-5", "gpt-4.1-mini"]) await chat(model);
    flush();
    // An agent whose own span adds up what its calls used, as the conventions allow.
    await tracer.startActiveSpan("invoke_agent helper", async (span) => {
        await chat("gpt-5");
        await chat("gpt-5");
        span.setAttributes({
            "gen_ai.operation.name": "invoke_agent",
            "gen_ai.agent.name": "helper",
            "gen_ai.usage.input_tokens": 2090,
            "gen_ai.usage.output_tokens": 209,
        });
        span.end();
    });
    await client.embeddings.create({ model: "text-embedding-3-small", input: "done" });
    await chat("gone").catch(() => {});
    flush();
    server.close();
});
