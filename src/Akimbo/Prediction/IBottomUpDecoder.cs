using Akimbo.Codecs;
using Akimbo.Geometry;
using Akimbo.Tensors;

namespace Akimbo.Prediction;

/// <summary>Reads all people of a photo from the outputs of a bottom-up network.</summary>
public interface IBottomUpDecoder
{
    /// <summary>From the heatmaps in which people are found to the network's input.</summary>
    Transform<HeatmapPoint, InputPoint> HeatmapToInput { get; }

    /// <summary>The people, best first, in pixels of those heatmaps.</summary>
    /// <param name="outputs">The network's outputs, [N, C, H, W]: N is 1, or 2 with the mirrored photo second.</param>
    IReadOnlyList<DecodedPerson> Decode(IReadOnlyList<Tensor> outputs);
}
