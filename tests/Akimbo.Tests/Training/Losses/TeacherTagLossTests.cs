using Akimbo.Tensors;
using Akimbo.Training.Losses;

namespace Akimbo.Tests.Training.Losses;

public sealed class TeacherTagLossTests
{
    // One keypoint, three pixels: the teacher hardly sees the second.
    private static readonly Tensor Heatmaps = Of([1, 1, 1, 3], [0.5f, 0.05f, 1]), Tags = Of([1, 1, 1, 3], [2, 7, -1]);

    [Fact]
    public void Add_TwoStacks_IsTheMeanOfWeightedSquares()
    {
        Tensor same = Of([1, 2, 1, 3], [9, 9, 9, 2, 0, -1]), other = Of([1, 2, 1, 3], [9, 9, 9, 4, 0, 0]);
        Tensor[] gradients = [new([1, 2, 1, 3]), new([1, 2, 1, 3])];
        double loss = TeacherTagLoss.Add([same, other], Heatmaps, Tags, weight: 5, gradients);
        Assert.Equal(5 * (0.5 * 4 + 1 * 1) / 2.5 / 2, loss, 1e-6);
        Assert.All(gradients[0].Span.ToArray(), gradient => Assert.Equal(0, gradient));
        Assert.Equal([0, 0, 0, 2, 0, 2], gradients[1].Span.ToArray());
    }

    [Fact]
    public void Add_MapsOfAnotherSize_IsRefused()
    {
        Tensor output = new([1, 2, 1, 4]);
        Assert.Contains("[1, 1, 1, 3]", Assert.Throws<ArgumentException>(() => TeacherTagLoss.Add([output], Heatmaps, Tags, 1, [new(output.Shape)])).Message, StringComparison.Ordinal);
    }

    private static Tensor Of(Shape shape, float[] values) => new(shape, values);
}
