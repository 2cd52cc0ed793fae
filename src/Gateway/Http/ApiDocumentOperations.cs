using System.Globalization;
using System.Text.Json;
using Gateway.Features.Submissions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Gateway.Http;

/// <summary>Writes down for each operation what routes share: how to authenticate, shared parameters, headers of the answers, problem codes.</summary>
internal sealed class ApiDocumentOperations : IOperationFilter
{
    private const int MaxId = 64;

    private static readonly ILookup<int, string> Codes = Problems.AllKinds.OrderBy(k => k.Code, StringComparer.Ordinal).ToLookup(k => k.Status, k => k.Code);

    private static readonly Dictionary<string, string> Parameters = new(StringComparer.Ordinal)
    {
        ["accountId"] = "The account, or `me` for the one signed in with or the only one within reach.",
        ["all"] = "Sign out every session of the account, not this one alone.",
        ["answered"] = "Only answered (true) or only unanswered (false) messages.",
        ["before"] = "Only messages received before this day, by the mail server's clock.",
        ["blobId"] = "The upload.",
        ["body"] = "Only messages with this text in their body.",
        ["cc"] = "Only messages with this text in Cc.",
        ["collapseThreads"] = "Only the newest message of each conversation, with its `threadId`; in one mailbox, in the order of arrival.",
        ["contentType"] = "The file's media type; `application/octet-stream` when absent.",
        ["cursor"] = "The `nextCursor` of the page before; absent for the first page.",
        ["draftId"] = "The draft; its id survives being saved again.",
        ["fields"] = "Only these fields of the message (of each message of a list), comma-separated; what is not asked for is not fetched.",
        ["fileName"] = "What the file is called where it is attached.",
        ["flagged"] = "Only flagged (true) or only unflagged (false) messages.",
        ["from"] = "Only messages with this text in From.",
        ["identityId"] = "The identity.",
        ["keyword"] = "Only messages with this keyword.",
        ["larger"] = "Only messages of more bytes than this.",
        ["limit"] = "How many items to answer at most.",
        ["hasAttachment"] = "Only messages with (true) or without (false) something attached. IMAP cannot search for that, so there is no `total`, and a page may be short although more follows.",
        ["mailbox"] = "The mailbox to list; all of them when neither this nor `role` is given.",
        ["mailboxId"] = "The mailbox.",
        ["messageId"] = "The message; its id survives moves.",
        ["around"] = "A message of the mailbox: the page that has it in its middle is answered, with its offset. For a list that opens where a person left it.",
        ["offset"] = "How many items to skip, for a scroll bar over one mailbox.",
        ["operationId"] = "The operation.",
        ["order"] = "Which end comes first; by itself the newest or largest, and A of `from` and `subject`.",
        ["partId"] = "The part, numbered as IMAP does.",
        ["permanent"] = "Expunge it for good, wherever it is.",
        ["webhookId"] = "The webhook.",
        ["prefix"] = "What was typed: the beginning of an address, of its domain, or of a word of the name, whatever its case and accents.",
        ["q"] = "A search as people type it: words, \"exact words\", `from:` `to:` `cc:` `subject:` `body:` `is:unread|read|flagged|answered|draft` `has:attachment` `keyword:` "
            + "`since:2026-01-31` `before:` `larger:5M` `smaller:`, and `-` before what must not match. All of it must match; at most 20 terms.",
        ["print"] = "Begin with subject, sender, recipients and date.",
        ["remoteImages"] = "What becomes of images on other hosts: `block` leaves them out, `proxy` has this server load them into the page.",
        ["role"] = "List the mailbox with this role instead; nothing when the account has none.",
        ["since"] = "Only messages received on this day or later, by the mail server's clock.",
        ["smaller"] = "Only messages of fewer bytes than this.",
        ["sessionId"] = "The session.",
        ["sort"] = "Sort by this; by arrival when absent, and by `receivedAt` over all mailboxes.",
        ["subject"] = "Only messages with this text in their subject.",
        ["subscriptionId"] = "The push subscription.",
        ["submissionId"] = "The submission.",
        ["text"] = "Only messages with this text in their header or body.",
        ["templateId"] = "The template.",
        ["threadId"] = "The conversation.",
        ["to"] = "Only messages with this text in To.",
        ["unread"] = "Only unread (true) or only read (false) messages.",
        ["Upload-Complete"] = "`?0` when more is to follow, `?1` or absent when this is the rest.",
        ["Upload-Offset"] = "Where these bytes begin: the size of the upload so far.",
        ["url"] = "A `data-remote-src` of the message's html; no other address is loaded.",
        ["wait"] = "Seconds to wait for the outcome, at most 60. It is 202 in any case: the submission's state tells how far it is.",
        ["verify"] = "Sign in to its servers before it is saved.",
    };

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        if (IdempotencyKey.IsTakenBy(context.ApiDescription.HttpMethod!, [.. context.ApiDescription.ActionDescriptor.EndpointMetadata])) { AddIdempotency(operation, context); }

        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? []) { Describe(parameter); }

        foreach (var (status, response) in operation.Responses ?? []) { Describe(int.Parse(status, CultureInfo.InvariantCulture), (OpenApiResponse)response); }

        foreach (var content in operation.RequestBody?.Content?.Values.OfType<OpenApiMediaType>() ?? [])
        {
            // The reference itself: a generator would take an allOf of one for a type of its own.
            if (content.Schema is OpenApiSchema { AllOf: [var named] }) { content.Schema = named; }
        }

        if (IsTagged(context) && operation.Responses?.TryGetValue("200", out var answer) == true && answer.Content?.ContainsKey("application/json") == true)
        {
            AddHeader((OpenApiResponse)answer, "ETag", JsonSchemaType.String, "Names this state of it: send it back as `If-None-Match`, or as `If-Match` with a write.");
            operation.Responses["304"] = new OpenApiResponse { Description = "It still is what `If-None-Match` names." };
        }

        if (context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<ETags.TaggedWrites>().Any())
        {
            var written = operation.Responses!.First(r => r.Key is "200" or "201").Value;
            AddHeader((OpenApiResponse)written, "ETag", JsonSchemaType.String, "Names this state of it: send it back as `If-Match` with the next write.");
        }

        operation.Responses = Ordered(operation.Responses ?? []);
        if (context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<IAllowAnonymous>().Any()) { return; }

        operation.Security =
        [
            new() { [new("apiKey", context.Document)] = [] },
            new() { [new("session", context.Document)] = [] },
        ];
    }

    private static void AddIdempotency(OpenApiOperation operation, OperationFilterContext context)
    {
        (operation.Parameters ??= []).Add(new OpenApiParameter
        {
            Name = IdempotencyKey.Header, In = ParameterLocation.Header,
            Description = $"A name of your choice for this request, 1 to {IdempotencyKey.MaxLength} characters: sent again with the same key within 7 days it is answered as the first time, and done once.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        });
        (operation.Responses ??= []).TryAdd("409", new OpenApiResponse
        {
            Content = new Dictionary<string, IOpenApiMediaType>
            {
                ["application/problem+json"] = new OpenApiMediaType { Schema = context.SchemaGenerator.GenerateSchema(typeof(Problem), context.SchemaRepository) },
            },
        });
    }

    private static bool IsTagged(OperationFilterContext context) =>
        context.ApiDescription.HttpMethod == HttpMethods.Get && context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<ETags.TaggedAnswers>().Any();

    private static void Describe(OpenApiParameter parameter)
    {
        // Those bound through a record carry its spelling; a query is read without regard to case.
        if (parameter is { In: ParameterLocation.Query, Name: { } name }) { parameter.Name = JsonNamingPolicy.CamelCase.ConvertName(name); }

        parameter.Description ??= Parameters.GetValueOrDefault(parameter.Name ?? "");
        if (parameter.Schema is not OpenApiSchema schema) { return; }

        if (parameter.In == ParameterLocation.Path) { schema.MaxLength = MaxId; }

        if (parameter.Name == "limit")
        {
            (schema.Minimum, schema.Maximum, schema.Default) = ("1", PageLimit.Max.ToString(CultureInfo.InvariantCulture), PageLimit.Default);
        }

        if (parameter.Name == "wait")
        {
            (schema.Minimum, schema.Maximum, schema.Default) = ("0", OutcomeWait.MaxSeconds.ToString(CultureInfo.InvariantCulture), 0);
        }

        if (parameter.Name == "offset") { (schema.Minimum, schema.Default) = ("0", 0); }
    }

    private static void Describe(int status, OpenApiResponse response)
    {
        if (status is StatusCodes.Status201Created or StatusCodes.Status202Accepted) { AddHeader(response, "Location", JsonSchemaType.String, "Where the new resource is."); }

        if (status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable)
        {
            AddHeader(response, "Retry-After", JsonSchemaType.Integer, "Seconds to wait before trying again.");
        }

        if (response.Content?.ContainsKey("application/problem+json") == true)
        {
            response.Description = $"{ReasonPhrases.GetReasonPhrase(status)}: {string.Join(", ", Codes[status].Select(c => $"`{c}`"))}";
        }
    }

    private static void AddHeader(OpenApiResponse response, string name, JsonSchemaType type, string description)
    {
        response.Headers ??= new Dictionary<string, IOpenApiHeader>();
        response.Headers[name] = new OpenApiHeader { Description = description, Schema = new OpenApiSchema { Type = type } };
    }

    private static OpenApiResponses Ordered(OpenApiResponses responses)
    {
        var ordered = new OpenApiResponses();
        foreach (var (status, response) in responses.OrderBy(r => r.Key, StringComparer.Ordinal)) { ordered.Add(status, response); }

        return ordered;
    }
}
