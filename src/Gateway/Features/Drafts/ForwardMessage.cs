using Gateway.Http;
using Gateway.Mail;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Features.Drafts;

internal static class ForwardMessage
{
    public static void Map(IEndpointRouteBuilder messages) => messages.MapPost("{messageId}/forward", HandleAsync)
        .WithName("ForwardMessage").WithSummary("Begin to pass a message on, with its files, as a draft").WithProblems(413, 422, 507).RequireScope(Scopes.MailWrite);

    internal static Task<Results<Created<Draft>, ProblemHttpResult>> HandleAsync(
        AccountId accountId, MessageKey messageId, AnswerDrafting drafting, CancellationToken ct, AnswerRequest? request = null) =>
        drafting.BeginAsync(accountId, messageId, request, (message, answer, from) => Answering.Forward(message, answer, from), ct);
}
