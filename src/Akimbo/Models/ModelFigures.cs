using Akimbo.Export;

namespace Akimbo.Models;

/// <summary>What a model costs, counted on its network at its input size.</summary>
/// <param name="InputWidth">Columns of the input.</param>
/// <param name="InputHeight">Rows of the input.</param>
/// <param name="Parameters">Learned numbers, with those of layers that the original declares and does not use.</param>
/// <param name="MultiplyAdds">Multiply-adds of all convolutions for one input.</param>
public sealed record ModelFigures(int InputWidth, int InputHeight, long Parameters, long MultiplyAdds)
{
    /// <summary>Counts a model; it needs no weights. Of a bottom-up model, whose input follows the photo, the square input.</summary>
    /// <param name="model">The model.</param>
    /// <exception cref="ArgumentException">The network cannot take inputs of the model's size.</exception>
    public static ModelFigures Of(PoseModel model)
    {
        var (width, height) = PoseExport.InputSizeOf(model);
        var network = model.Architecture.CreateNetwork();
        long parameters = network.Parameters.Where(parameter => !parameter.IsBuffer).Sum(parameter => parameter.Shape.ElementCount);
        return new ModelFigures(width, height, parameters, network.Trace([1, 3, height, width]).MultiplyAdds);
    }
}
