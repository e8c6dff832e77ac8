using Akimbo.Export;
using Akimbo.Models;
using Akimbo.Models.StackedHourglass;
using Akimbo.Networks.Benchmarks;
using Akimbo.Networks.Onnx;
using Akimbo.Networks.Summary;
using Akimbo.Networks.Weights;
using Akimbo.Testing;

namespace Akimbo.Tests.Export;

/// <summary>The C# of the guide is the code of these tests, line by line; the folder they run in is that of the build.</summary>
public sealed class GuideTests
{
    [ReferenceDataFact]
    public void Onnx_TheGuidesCode_WritesTheFile()
    {
        File.Delete("litepose-auto-crowdpose.pth");
        File.CreateSymbolicLink("litepose-auto-crowdpose.pth", Repository.Reference("weights/litepose-auto-crowdpose.pth"));

        var (model, network) = ModelLoader.Load("litepose-auto-crowdpose.pth");
        var export = new PoseExport(model, network, new PoseExportOptions { DynamicBatch = true, InputSize = (640, 448) });
        export.Save("litepose.onnx");

        OnnxCheck.File("litepose.onnx");
        File.Delete("litepose.onnx");
        File.Delete("litepose-auto-crowdpose.pth");
    }

    [Fact]
    public void Summary_TheGuidesCode_DrawsTheNetwork()
    {
        var graph = new StackedHourglass(StackedHourglassOptions.TwoStacks).Trace([1, 3, 256, 256]);
        var summary = GraphSummary.Of(graph);
        Console.WriteLine($"{summary.Parameters:N0} parameters, {summary.MultiplyAdds:N0} multiply-adds");
        File.WriteAllText("hourglass.svg", ArchitectureDrawing.ToSvg(graph, new ArchitectureDrawingOptions { Title = "hourglass-2" }));

        Assert.Contains("hourglass-2", File.ReadAllText("hourglass.svg"), StringComparison.Ordinal);
        File.Delete("hourglass.svg");
    }

    [Fact]
    public void Bench_TheGuidesCode_TimesTheNetwork()
    {
        var network = new StackedHourglass(StackedHourglassOptions.TwoStacks);
        network.FillRandomly(seed: 1);
        using var benchmark = new NetworkBenchmark(threads: 1);
        var timing = benchmark.Run(network, [1, 3, 256, 256], new NetworkBenchmarkOptions { Rounds = 3 });
        Console.WriteLine($"{timing.Median:0.0} ms, {timing.Gigaflops:0} GFLOP/s, {timing.ShareOfPeak:0 %} of {timing.PeakGigaflops:0}");

        Assert.Equal(3, timing.Milliseconds.Count);
    }

    [Theory]
    [InlineData("docs/bench.md")]
    [InlineData("docs/onnx.md")]
    [InlineData("docs/summary.md")]
    public void CSharpBlock_IsCodeOfTheseTests(string page)
    {
        string[] source = Lines(File.ReadAllText(Path.Combine(Repository.Root, "tests/Akimbo.Tests/Export/GuideTests.cs")));
        string[] block = Lines(File.ReadAllText(Path.Combine(Repository.Root, page)).Split("```csharp")[1].Split("```")[0]);

        int start = Array.IndexOf(source, block[0]);
        Assert.True(start >= 0, block[0]);
        Assert.Equal(block, source[start..(start + block.Length)]);
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
