using Akimbo.Tensors;
using Akimbo.Tensors.Serialization;
using Akimbo.Testing;
using Akimbo.Training.Losses;

namespace Akimbo.Tests.Training.Losses;

/// <summary>Losses and their gradients against numbers recorded with the originals' code.</summary>
public sealed class LossReferenceTests
{
    private const double Tolerance = 1e-6;

    [Theory]
    [InlineData(true, 0, "weighted")]
    [InlineData(false, 0, "plain")]
    [InlineData(true, 8, "ohkm_top8")]
    public void KeypointHeatmapLoss_RecordedBatch_GivesRecordedLossAndGradient(bool isWeighted, int hardest, string name)
    {
        var file = Recorded("joints_mse_loss");
        var output = file["output"].ToTensor();
        var weights = file["target_weight"].ToTensor().Reshape([output.Shape[0], output.Shape[1]]);
        var gradient = new Tensor(output.Shape);

        double loss = KeypointHeatmapLoss.Add([output], file["target"].ToTensor(), isWeighted ? weights : null, hardest, weight: 1, [gradient]);

        AssertNear(file[$"loss_{name}"].ToArray<float>()[0], loss);
        Assert.InRange(RelativeError.Of(gradient, file[$"grad_{name}"].ToTensor()), 0, Tolerance);
    }

    [Fact]
    public void HeatmapLoss_RecordedMask_GivesRecordedLossesAndGradient()
    {
        var file = Recorded("masked_heatmap_loss");
        var prediction = file["prediction"].ToTensor();
        var gradient = new Tensor(prediction.Shape);

        double[,] losses = HeatmapLoss.Add([prediction], file["target"].ToTensor(), file["mask"].ToTensor(), weight: prediction.Shape[0], [gradient]);

        float[] expected = file["loss_per_image"].ToArray<float>();
        for (int n = 0; n < expected.Length; n++) AssertNear(expected[n], losses[n, 0] / expected.Length);
        Assert.InRange(RelativeError.Of(gradient, file["grad_of_loss_sum"].ToTensor()), 0, Tolerance);
    }

    [Theory]
    [InlineData("tag_loss")]
    [InlineData("tag_loss_nobody_in_second")]
    public void TagLoss_RecordedPeople_GivesRecordedPushPullAndGradients(string name)
    {
        var file = Recorded(name);
        var tags = file["tags"].ToTensor();
        Shape people = file["keypoints"].Shape;
        int batch = people[0], length = tags.Span.Length / batch, perImage = people[1] * people[2] * 2;
        int[] references = file["keypoints"].ToArray<int>();
        var gradients = new[] { "push", "pull" }.ToDictionary(term => term, _ => new Tensor(tags.Shape));
        for (int n = 0; n < batch; n++)
        {
            foreach (var (term, gradient) in gradients)
            {
                var losses = TagLoss.AddImage(tags.Span.Slice(n * length, length), references.AsSpan(n * perImage, perImage), people[2],
                    pushWeight: term == "push" ? 1 : 0, pullWeight: term == "pull" ? 1 : 0, gradient.Span.Slice(n * length, length));
                AssertNear(file[term].ToArray<float>()[n], term == "push" ? losses.Push : losses.Pull);
            }
        }

        foreach (var (term, gradient) in gradients)
            Assert.InRange(RelativeError.Of(gradient, file[$"grad_tags_of_{term}_sum"].ToTensor()), 0, Tolerance);
    }

    [Theory]
    [InlineData(true, "mse")]
    [InlineData(false, "l1")]
    public void PositionLoss_RecordedBatch_GivesRecordedLossAndGradient(bool squares, string name)
    {
        var file = Recorded("integral_losses");
        Shape shape = [file["prediction"].Shape[0], file["prediction"].Shape[1], 2];
        Tensor prediction = Twice("prediction"), gradient = new(shape);
        float[] weights = file["weights"].ToArray<float>();

        double loss = PositionLoss.Add([prediction], Twice("target"), new Tensor([shape[0], shape[1]], weights), unit: (1, 1), squares, weight: 1, [gradient]);

        AssertNear(2 * file[$"loss_{name}"].ToArray<float>()[0], loss);
        Assert.InRange(RelativeError.Of(gradient, Twice($"grad_{name}")), 0, Tolerance);

        // The recorded coordinates have a weight each; here x and y share one, so that each coordinate stands for both.
        Tensor Twice(string tensor) => new(shape, file[tensor].ToArray<float>().SelectMany(value => new[] { value, value }).ToArray());
    }

    [Fact]
    public void Add_TwoStacksAndChannelsBeyondTheTarget_AveragesStacksAndLeavesTheRestAlone()
    {
        var random = new Random(3);
        Tensor target = Filled([2, 2, 3, 4]), first = Filled([2, 5, 3, 4]), second = Filled([2, 5, 3, 4]);
        Tensor[] gradients = [new(first.Shape), new(second.Shape)], alone = [new(first.Shape)];

        double[,] both = HeatmapLoss.Add([first, second], target, mask: null, weight: 3, gradients);
        double[,] one = HeatmapLoss.Add([first], target, mask: null, weight: 3, alone);

        Assert.Equal(one[1, 0], both[1, 0]);
        Assert.Equal(alone[0].Span[7] / 2, gradients[0].Span[7], 1e-7f);
        Assert.All(Enumerable.Range(24, 36), i => Assert.Equal(0, gradients[1].Span[i]));

        Tensor Filled(Shape shape)
        {
            var tensor = new Tensor(shape);
            foreach (ref float value in tensor.Span) value = random.NextSingle();
            return tensor;
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Add_WithForeground_HasTheGradientOfItsDifferences(bool isWeighted)
    {
        const double foreground = 7, step = 1e-2;
        var random = new Random(4);
        Tensor output = new([1, 2, 3, 4]), target = new(output.Shape), gradient = new(output.Shape), unused = new(output.Shape);
        foreach (ref float value in output.Span) value = random.NextSingle();
        foreach (ref float value in target.Span) value = random.NextSingle();

        double before = Loss(gradient);
        Assert.True(before > Loss(unused, 0));
        for (int i = 0; i < output.Span.Length; i++)
        {
            float value = output.Span[i];
            output.Span[i] = value + (float)step;
            double above = Loss(unused);
            output.Span[i] = value - (float)step;
            double below = Loss(unused);
            output.Span[i] = value;
            Assert.Equal((above - below) / (2 * step), gradient.Span[i], 1e-5);
        }

        double Loss(Tensor into, double share = foreground) => isWeighted
            ? KeypointHeatmapLoss.Add([output], target, null, hardest: 0, weight: 1, [into], share)
            : HeatmapLoss.Add([output], target, mask: null, weight: 1, [into], share)[0, 0];
    }

    [Fact]
    public void Add_TensorsThatDoNotFit_AreRefused()
    {
        Tensor maps = new([2, 3, 4, 5]), other = new([2, 4, 4, 5]);

        Assert.Contains("[2, 4, 4, 5]", Assert.Throws<ArgumentException>(() => KeypointHeatmapLoss.Add([other], maps, null, 0, 1, [new(other.Shape)])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => HeatmapLoss.Add([maps], other, null, 1, [new(maps.Shape)]));
        Assert.Throws<ArgumentException>(() => HeatmapLoss.Add([maps], maps, new Tensor([2, 5, 4]), 1, [new(maps.Shape)]));
        Assert.Throws<ArgumentException>(() => KeypointHeatmapLoss.Add([maps], maps, null, hardest: 4, 1, [new(maps.Shape)]));
        Assert.Throws<ArgumentException>(() => TagLoss.Add([other], [80, 1, 0, 0, 0, 0, 0, 0], keypoints: 2, 1, 1, [new(other.Shape)]));
        Assert.Throws<ArgumentException>(() => PositionLoss.Add([new([2, 3, 2])], new([2, 3, 2]), new([2, 2]), (1, 1), false, 1, [new([2, 3, 2])]));
    }

    private static SafetensorsFile Recorded(string name) => Safetensors.Load(Repository.Fixture($"training/{name}.safetensors"));

    private static void AssertNear(double expected, double actual) => Assert.InRange(actual, expected * (1 - Tolerance) - 1e-12, expected * (1 + Tolerance) + 1e-12);
}
