using Akimbo.Testing;

namespace Akimbo.Cli.Tests.Export;

/// <summary>The commands of the guide's pages on exports, summaries and benchmarks are commands that there are.</summary>
public sealed class GuideCommandTests
{
    public static TheoryData<string> Commands =>
    [
        .. new[] { "docs/bench.md", "docs/onnx.md", "docs/summary.md" }
            .SelectMany(page => File.ReadLines(Path.Combine(Repository.Root, page)))
            .Where(line => line.StartsWith("./akimbo ", StringComparison.Ordinal)),
    ];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Command_Parses(string command) => Assert.Empty(AkimboCommand.Create().Parse(command["./akimbo ".Length..]).Errors);
}
