using Akimbo.Networks.Weights;

namespace Akimbo.Models.PoseResNet;

/// <summary>How mmpose names a top-down network: <c>backbone.</c> and a head, which its versions 0 and 1 call differently.</summary>
internal static class MmposeNames
{
    private static readonly string[] Heads = ["keypoint_head.", "head."];

    /// <summary>Both versions' names.</summary>
    /// <param name="headParts">The beginnings of the parameters that belong to the head.</param>
    public static IReadOnlyList<ParameterNaming> Of(params IReadOnlyList<string> headParts) =>
        [.. Heads.Select(head => new ParameterNaming("mmpose", [.. headParts.Select(part => (part, head + part)), ("", "backbone.")]))];
}
