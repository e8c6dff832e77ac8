using System.Xml.Linq;
using Akimbo.Networks.Layers;
using Akimbo.Networks.Operations;
using Akimbo.Networks.Summary;
using Akimbo.Networks.Summary.Drawing;
using Akimbo.Networks.Tests.Inference;

namespace Akimbo.Networks.Tests.Summary;

public sealed class ArchitectureDrawingTests
{
    [Fact]
    public void ToSvg_Hourglass_WellFormedWithEveryModule()
    {
        var graph = SmallHourglass.Trace();
        var titles = Titles(ArchitectureDrawing.ToSvg(graph, new ArchitectureDrawingOptions { Title = "a <b> & c" }));

        string[] modules =
        [
            "pre.0", "hgs.0.0.up1", "hgs.0.0.low1", "hgs.0.0.low2.up1", "hgs.0.0.low2.low1", "hgs.0.0.low2.low2", "hgs.0.0.low2.low3", "hgs.0.0.low3",
            "hgs.1.0.low2.low2", "features.0", "features.1", "outs.0", "outs.1", "merge_features.0", "merge_preds.0",
        ];
        Assert.All(modules, module => Assert.True(titles.Any(title => title.Split('\n').Any(line => ScopePath.IsWithin(line, module))), module));
    }

    [Fact]
    public void ToSvg_EveryDepth_EveryModuleOfThatDepthIsNamed()
    {
        var graph = SmallHourglass.Trace();
        var names = graph.Values.Select(value => value.Operation.Name).Where(name => name.Length > 0).ToList();
        for (int depth = 1; depth < 8; depth++)
        {
            var lines = Titles(ArchitectureDrawing.ToSvg(graph, new ArchitectureDrawingOptions { Depth = depth })).SelectMany(title => title.Split('\n')).ToList();
            foreach (string module in names.Select(name => string.Join('.', name.Split('.').Take(depth))).Distinct())
                Assert.True(lines.Exists(line => ScopePath.IsWithin(line, module)), $"depth {depth}: {module}");
        }
    }

    [Fact]
    public void Blocks_Hourglass_ModulesThatGoStraightOnAreClosed()
    {
        var blocks = BlockGraph.Of(SmallHourglass.Trace(stacks: 1, depth: 1), depth: 12).Blocks;

        Assert.Equal(
            ["input", "pre", "hgs.0.0.up1", "hgs.0.0.low1", "hgs.0.0.low2", "hgs.0.0.low3", "hgs.0.0", "features", "outs", "output"],
            blocks.OrderBy(block => block.Members[0].Index).ThenBy(block => block.Kind).Select(block => block.Path));
        var sum = blocks.Single(block => block.Kind == BlockKind.Sum);
        Assert.Equal(["hgs.0.0.low3", "hgs.0.0.up1"], sum.Sources.Select(source => source.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Blocks_DepthTwo_OneBoxAStack()
    {
        var blocks = BlockGraph.Of(SmallHourglass.Trace(), depth: 2).Blocks;

        Assert.Equal(["hgs.0", "hgs.1"], blocks.Where(block => block.Path.StartsWith("hgs", StringComparison.Ordinal)).Select(block => block.Path));
    }

    [Fact]
    public void Blocks_RandomNetworks_EveryOperationOnceAndArrowsForward()
    {
        for (int seed = 0; seed < 100; seed++)
        {
            var network = new RandomNetwork(seed);
            var graph = network.Trace(network.InputShape);
            var blocks = BlockGraph.Of(graph, depth: 1 + seed % 3);
            var layout = new BlockLayout(blocks);

            int[] uses = graph.CountUses();
            Assert.Equal(
                graph.Values.Where(value => uses[value.Index] > 0 || value == graph.Input),
                blocks.Blocks.Where(block => block.Kind != BlockKind.Output).SelectMany(block => block.Members).OrderBy(value => value.Index));
            Assert.All(layout.Arrows, arrow => Assert.True(layout.ColumnOf(arrow.Source) < layout.ColumnOf(arrow.Target), $"{network.Name}: {arrow}"));
            Assert.Equal(layout.Blocks.Count, layout.Blocks.Select(block => (layout.ColumnOf(block), layout.RowOf(block), layout.LaneOf(block))).Distinct().Count());
            Titles(ArchitectureDrawing.ToSvg(graph));
        }
    }

    [Fact]
    public void Layout_Hourglass_RowsByResolutionAndSkipInTheMiddle()
    {
        var layout = new BlockLayout(BlockGraph.Of(SmallHourglass.Trace(stacks: 1, depth: 1), depth: 12));

        Assert.Equal([(32, 48), (16, 24), (8, 12)], layout.Rows);
        Assert.Equal((1, 2), (layout.RowOf(Named("hgs.0.0.up1")), layout.RowOf(Named("hgs.0.0.low2"))));
        Assert.Equal(layout.ColumnOf(Named("hgs.0.0.low2")), layout.ColumnOf(Named("hgs.0.0.up1")));

        Block Named(string path) => layout.Blocks.Single(block => block.Path == path);
    }

    [Fact]
    public void ToSvg_ManyStacks_StaysReadable()
    {
        string svg = ArchitectureDrawing.ToSvg(SmallHourglass.Trace(stacks: 8, depth: 3));

        Assert.InRange(XDocument.Parse(svg).Descendants().Count(element => element.Attribute("class")?.Value == "box"), 8, 140);
    }

    [Fact]
    public void ToSvg_DepthZero_Refused() =>
        Assert.Throws<ArgumentException>(() => ArchitectureDrawing.ToSvg(SmallHourglass.Trace(), new ArchitectureDrawingOptions { Depth = 0 }));

    [Theory]
    [InlineData("a.b.c", "a.b.d", "a.b")]
    [InlineData("a.b", "a.bc", "a")]
    [InlineData("a.b", "a.b.c", "a.b")]
    [InlineData("a", "b", "")]
    [InlineData("", "b", "")]
    public void Common_TwoPaths_DeepestScopeOfBoth(string a, string b, string expected) => Assert.Equal(expected, ScopePath.Common(a, b));

    [Fact]
    public void Paths_ResidualBlock_SumBelongsToTheBlock()
    {
        var graph = TestNetwork.Of(root =>
        {
            var stem = new Conv2d(root / "stem", inChannels: 3, outChannels: 4, kernelSize: 1);
            var first = new Conv2d(root / "layer" / 0 / "conv1", inChannels: 4, outChannels: 4, kernelSize: 1);
            var second = new Conv2d(root / "layer" / 0 / "conv2", inChannels: 4, outChannels: 4, kernelSize: 1);
            var head = new Conv2d(root / "head", inChannels: 4, outChannels: 1, kernelSize: 1);
            return x =>
            {
                var y = stem.Forward(x).Relu();
                return head.Forward((second.Forward(first.Forward(y)) + y).Relu());
            };
        }).Trace([1, 3, 4, 4]);

        Assert.Equal(["", "stem", "", "layer.0.conv1", "layer.0.conv2", "layer.0", "", "head"], ScopePath.Of(graph, graph.CountUses()));
    }

    private static List<string> Titles(string svg) =>
        [.. XDocument.Parse(svg).Descendants().Where(element => element.Name.LocalName == "title").Select(element => element.Value)];
}
