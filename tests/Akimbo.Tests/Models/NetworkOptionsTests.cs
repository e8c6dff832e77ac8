using Akimbo.Models.AssociativeEmbedding;
using Akimbo.Models.BearpawHourglass;
using Akimbo.Models.HighResolution;
using Akimbo.Models.LitePose;
using Akimbo.Models.PoseResNet;
using Akimbo.Models.StackedHourglass;
using Akimbo.Networks;
using Akimbo.Networks.Weights;
using Akimbo.Tensors;

namespace Akimbo.Tests.Models;

public sealed class NetworkOptionsTests
{
    public static TheoryData<string, Func<Network>> WrongOptions => new()
    {
        { "0 and 16", () => new StackedHourglass(new StackedHourglassOptions { Stacks = 0 }) },
        { "2 and 0", () => new StackedHourglass(new StackedHourglassOptions { Stacks = 2, Keypoints = 0 }) },
        { "255 and 255", () => new StackedHourglass(new StackedHourglassOptions { Channels = 255 }) },
        { "256 and 259", () => new StackedHourglass(new StackedHourglassOptions { Increase = 3 }) },
        { "0 blocks", () => new BearpawHourglass(new BearpawHourglassOptions { Blocks = 0 }) },
        { "[32, 64]", () => new HighResolutionNet(new HighResolutionOptions { BranchChannels = [32, 64] }) },
        { "[1, 0, 3]", () => new HighResolutionNet(new HighResolutionOptions { StageModules = [1, 0, 3] }) },
        { "17 and 0", () => new HighResolutionNet(new HighResolutionOptions { BranchBlocks = 0 }) },
        { "4, 0, 256 and 128", () => new AssociativeEmbeddingNet(new AssociativeEmbeddingNetOptions { Outputs = 0 }) },
        { "[3, 4, 6]", () => new PoseResNet(new PoseResNetOptions { Blocks = [3, 4, 6] }) },
        { "4 stages and 4 decoder steps", () => new LitePose(new LitePoseOptions { DecoderChannels = [64, 40, 32, 16] }) },
        { "17, 64 and []", () => new PoseResNet(new PoseResNetOptions { DeconvChannels = [] }) },
    };

    [Theory]
    [MemberData(nameof(WrongOptions))]
    public void Constructor_WrongOptions_NamesThem(string named, Func<Network> create)
    {
        var error = Assert.Throws<ArgumentException>(create);

        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("princeton_hg_2", 64)]
    [InlineData("bearpaw_hg_s2_b1", 64)]
    [InlineData("pose_ae_4", 64)]
    [InlineData("hrnet_w32", 32)]
    [InlineData("pose_resnet_50", 32)]
    public void Trace_SizeThatHalvingsDoNotDivide_SaysWhatTheyWould(string name, int multiple)
    {
        var network = PublishedNetworks.Create(name);

        var error = Assert.Throws<ArgumentException>(() => network.Trace([1, 3, 2 * multiple, 2 * multiple - 16]));

        Assert.StartsWith($"{network.Name}: the input is [1, 3, {2 * multiple}, {2 * multiple - 16}]; expected [N, 3, H, W] with H and W divisible by {multiple}.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("princeton_hg_8", 8, 16)]
    [InlineData("bearpaw_hg_s2_b1", 2, 16)]
    [InlineData("pose_ae_4", 4, 68)]
    [InlineData("hrnet_w48", 1, 17)]
    [InlineData("pose_resnet_152", 1, 17)]
    public void Trace_OblongBatch_GivesAQuarterOfTheSizeForEveryStack(string name, int stacks, int maps)
    {
        var graph = PublishedNetworks.Create(name).Trace([2, 3, 192, 128]);

        Assert.Equal(Enumerable.Repeat(new Shape(2, maps, 48, 32), stacks), graph.Outputs.Select(output => output.Shape));
    }

    [Fact]
    public void Trace_LitePoseOfTwoSteps_HasOneOutput() =>
        Assert.Equal([new Shape(1, 28, 16, 24)], new LitePose(new LitePoseOptions { DecoderChannels = [64, 40] }).Trace([1, 3, 64, 96]).Outputs.Select(output => output.Shape));

    [Theory]
    [InlineData(new[] { 64, 40 }, 1)]
    [InlineData(new[] { 64, 40, 32 }, 2)]
    public void Trace_LitePoseWithoutTags_GivesHeatmapsAlone(int[] decoderChannels, int outputs)
    {
        var graph = new LitePose(new LitePoseOptions { DecoderChannels = decoderChannels, HasTags = false }).Trace([1, 3, 64, 96]);

        Assert.Equal(new[] { new Shape(1, 14, 16, 24), new Shape(1, 14, 32, 48) }[..outputs], graph.Outputs.Select(output => output.Shape));
    }

    [Fact]
    public void Trace_TaughtLitePose_ComparesEveryBlockOfTheStudent()
    {
        var teacher = new LitePose();
        teacher.FillRandomly(seed: 1);
        var taught = new TaughtLitePose(new LitePose(new LitePoseOptions { StageBlocks = [3, 4, 5, 5], DecoderChannels = [64, 40] }), teacher);

        Shape[] outputs = [.. taught.Trace([1, 3, 64, 96]).Outputs.Select(output => output.Shape)];

        Assert.Equal(1 + 3 + 4 + 5 + 5 + 2, taught.FeatureCount);
        Assert.Equal(1 + 2 * taught.FeatureCount + 2, outputs.Length);
        Assert.Equal(new Shape(1, 28, 16, 24), outputs[0]);
        Assert.Equal(outputs[1..(taught.FeatureCount + 1)], outputs[(taught.FeatureCount + 1)..^2]);
        Assert.Equal([new Shape(1, 16, 32, 48), new Shape(1, 24, 16, 24)], outputs[1..3]);
        Assert.Equal(outputs, taught.Student.Trace([1, 3, 64, 96]).Outputs.Concat(taught.Teacher.Trace([1, 3, 64, 96]).Outputs).Select(output => output.Shape));
    }

    [Fact]
    public void TaughtLitePose_DepthsThatDoNotGoTogether_AreRefused()
    {
        var teacher = new LitePose();
        teacher.FillRandomly(seed: 1);
        Assert.Contains("Stage 1 of the teacher has 8 blocks; the student's 3 do not divide them.", Assert.Throws<ArgumentException>(
            () => new TaughtLitePose(new LitePose(new LitePoseOptions { StageBlocks = [3, 3, 5, 5] }), teacher)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Trace_InputWithoutABatch_IsRefused() =>
        Assert.Throws<ArgumentException>(() => PublishedNetworks.Create("princeton_hg_2").Trace([3, 64, 64]));

    [Fact]
    public void Parameters_IncreaseOfAStackedHourglass_WidensTheFirstLevelOnlyAsInTheOriginal()
    {
        var network = new StackedHourglass(new StackedHourglassOptions { Stacks = 1, Increase = 64 });

        Assert.Equal([320, 256, 1, 1], ShapeOf(network, "hgs.0.0.low1.skip_layer.conv.weight"));
        Assert.Equal([320, 320, 1, 1], ShapeOf(network, "hgs.0.0.low2.low1.skip_layer.conv.weight"));
    }

    [Fact]
    public void Parameters_MoreBlocks_AddBottlenecksToEveryPartOfAnHourglass()
    {
        var one = new BearpawHourglass(new BearpawHourglassOptions { Stacks = 1 });
        var two = new BearpawHourglass(new BearpawHourglassOptions { Stacks = 1, Blocks = 2 });

        // 13 parts of the hourglass and res.0, each bottleneck with 15 entries of BatchNorms and 6 of convolutions.
        Assert.Equal(14 * 21, two.Parameters.Count - one.Parameters.Count);
        Assert.Equal([128, 256, 1, 1], ShapeOf(two, "hg.0.hg.0.3.1.conv1.weight"));
    }

    private static Shape ShapeOf(Network network, string name) => network.Parameters.Single(parameter => parameter.Name == name).Shape;
}
