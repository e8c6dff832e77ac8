using System.Globalization;
using System.Xml;

namespace Akimbo.Networks.Summary.Drawing;

/// <summary>Writes the few shapes of an SVG document that drawings need.</summary>
internal sealed class SvgWriter(XmlWriter writer)
{
    private const string Namespace = "http://www.w3.org/2000/svg";

    /// <summary>Begins the document.</summary>
    /// <param name="width">In pixels.</param>
    /// <param name="height">In pixels.</param>
    /// <param name="style">CSS of the classes.</param>
    public void Begin(double width, double height, string style)
    {
        writer.WriteStartElement("svg", Namespace);
        Attribute("width", width);
        Attribute("height", height);
        Attribute("viewBox", $"0 0 {Number(width)} {Number(height)}");
        writer.WriteElementString("style", Namespace, style);
    }

    public void End() => writer.WriteEndElement();

    public void BeginGroup(string title)
    {
        writer.WriteStartElement("g", Namespace);
        writer.WriteElementString("title", Namespace, title);
    }

    public void EndGroup() => writer.WriteEndElement();

    public void Rectangle(double x, double y, double width, double height, double radius, string style, string? fill = null)
    {
        writer.WriteStartElement("rect", Namespace);
        Attribute("x", x);
        Attribute("y", y);
        Attribute("width", width);
        Attribute("height", height);
        if (radius > 0) Attribute("rx", radius);
        Attribute("class", style);
        if (fill is not null) Attribute("style", fill);
        writer.WriteEndElement();
    }

    public void Circle(double x, double y, double radius, string style)
    {
        writer.WriteStartElement("circle", Namespace);
        Attribute("cx", x);
        Attribute("cy", y);
        Attribute("r", radius);
        Attribute("class", style);
        writer.WriteEndElement();
    }

    public void Path(string data, string style)
    {
        writer.WriteStartElement("path", Namespace);
        Attribute("d", data);
        Attribute("class", style);
        writer.WriteEndElement();
    }

    /// <param name="x">Where the text's anchor is.</param>
    /// <param name="y">The baseline.</param>
    /// <param name="style">The class, which sets the anchor.</param>
    /// <param name="text">The text.</param>
    public void Text(double x, double y, string style, string text)
    {
        writer.WriteStartElement("text", Namespace);
        Attribute("x", x);
        Attribute("y", y);
        Attribute("class", style);
        writer.WriteString(text);
        writer.WriteEndElement();
    }

    public static string Number(double value) => Math.Round(value, 1).ToString(CultureInfo.InvariantCulture);

    private void Attribute(string name, double value) => Attribute(name, Number(value));

    private void Attribute(string name, string value) => writer.WriteAttributeString(name, value);
}
