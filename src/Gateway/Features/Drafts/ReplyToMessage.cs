using Gateway.Http;
using Gateway.Mail;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Features.Drafts;

internal static class ReplyToMessage
{
    public static void Map(IEndpointRouteBuilder messages) => messages.MapPost("{messageId}/reply", HandleAsync)
        .WithName("ReplyToMessage").WithSummary("Begin an answer to the sender of a message: a draft with recipient, subject and quote").WithProblems(413, 422, 507).RequireScope(Scopes.MailWrite);

    internal static Task<Results<Created<Draft>, ProblemHttpResult>> HandleAsync(
        AccountId accountId, MessageKey messageId, AnswerDrafting drafting, CancellationToken ct, AnswerRequest? request = null) =>
        drafting.BeginAsync(accountId, messageId, request, (message, answer, from) => Answering.Reply(message, answer, from, toAll: false), ct);
}
