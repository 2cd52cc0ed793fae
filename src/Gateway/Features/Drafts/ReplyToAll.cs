using Gateway.Http;
using Gateway.Mail;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Features.Drafts;

internal static class ReplyToAll
{
    public static void Map(IEndpointRouteBuilder messages) => messages.MapPost("{messageId}/reply-all", HandleAsync)
        .WithName("ReplyToAll").WithSummary("Begin an answer to everybody a message names, as a draft").WithProblems(413, 422, 507).RequireScope(Scopes.MailWrite);

    internal static Task<Results<Created<Draft>, ProblemHttpResult>> HandleAsync(
        AccountId accountId, MessageKey messageId, AnswerDrafting drafting, CancellationToken ct, AnswerRequest? request = null) =>
        drafting.BeginAsync(accountId, messageId, request, (message, answer, from) => Answering.Reply(message, answer, from, toAll: true), ct);
}
